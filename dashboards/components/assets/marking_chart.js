// A chart on which people mark what they notice: drag a stretch, type, Enter. By pointer and by keyboard.
// Zoom, selection and typed words belong to the browser, so they stay while others' notices arrive.

import {drawLabels} from './chart_labels.js';
import {drawMarks} from './chart_marks.js';
import {cellAt, describeCell} from './chart_cells.js';
import {describeMoment, sayMoment} from './chart_tip.js';
import {Composer} from './composer.js';
import {clamp, fill, living, make, mode} from './dom.js';
import {Geometry} from './geometry.js';
import {repaint} from './paint.js';
import {plotly} from './plotly.js';
import {extremes, inside, pointedAt, readSeries, sample} from './series.js';
import {stretch, ticks} from './times.js';
import {format} from './units.js';

const DRAG = 4, BOX = 0.22, SHOWN_SERIES = 2;

class MarkingChart {
  constructor(parent) {
    this.build(parent);
    this.composer = new Composer(this.root, (saved, focused) => this.closed(focused));
    this.zoom = null;
    this.selection = null;
    this.cursor = null;
    this.chosen = null;
    this.watch = new ResizeObserver(() => this.resized());
    this.watch.observe(this.root);
  }

  build(parent) {
    this.below = make('div', {class: 'mv-layer'});
    this.plot = make('div', {class: 'mv-plot', 'aria-hidden': 'true'});
    this.captions = make('div', {class: 'mv-layer', 'aria-hidden': 'true'});
    this.labels = make('div', {class: 'mv-layer', 'aria-hidden': 'true'});
    this.cursors = make('div', {class: 'mv-layer'});
    this.target = make('div', {class: 'mv-target', tabindex: 0, role: 'application', 'aria-roledescription': 'chart'});
    this.above = make('div', {class: 'mv-layer'});
    this.tip = make('div', {class: 'mv-tip', hidden: true, 'aria-hidden': 'true'});
    this.reset = make('button', {type: 'button', class: 'mv-reset', text: 'Show all', hidden: true, onclick: () => this.zoomTo(null)});
    this.live = make('div', {class: 'mv-unseen', 'aria-live': 'polite'});
    this.summary = make('ul', {class: 'mv-unseen'});
    this.root = make('div', {class: 'mv-root mv-chart'}, this.below, this.plot, this.captions, this.labels, this.cursors,
      this.target, this.above, this.tip, this.reset, this.live, this.summary);
    parent.append(this.root);
    const listen = {
      pointermove: this.moved, pointerleave: this.left, pointerdown: this.pressed, pointerup: this.released,
      pointercancel: this.cancelled, dblclick: this.doubled, keydown: this.key, blur: this.blurred,
    };
    for (const [kind, act] of Object.entries(listen)) this.target.addEventListener(kind, act.bind(this));
  }

  async update(data, sendTrigger) {
    const repainted = `${mode()}|${data.figure.length}|${data.figure}`;
    this.data = data;
    this.composer.update(data, (written) => sendTrigger('mark', written));
    if (repainted !== this.drawn) {
      this.drawn = repainted;
      this.figure = JSON.parse(repaint(data.figure, data.tokens, mode()));
      this.series = readSeries(this.figure);
      this.meta = this.figure.layout.meta;
      this.root.style.height = `${this.figure.layout.height}px`;
      this.target.setAttribute('aria-label', data.alt);
      this.target.setAttribute('aria-description', data.writable
        ? 'Left and right move in time, with Shift they mark a stretch, up and down choose a series, Enter writes a notice.'
        : 'Left and right move in time, up and down choose a series.');
      this.summarise();
      await this.draw();
    } else if (this.geometry) {
      this.drawOver();
    }
  }

  dispose() {
    this.watch.disconnect();
    this.composer.dispose();
    window.Plotly?.purge(this.plot);
    this.root.remove();
  }

  // --- drawing

  get home() { return this.meta.home; }
  get whole() { return this.range[1] - this.range[0]; }
  get range() { return this.zoom ?? this.home; }

  async draw() {
    const library = await plotly();
    const width = this.root.clientWidth;
    if (!width) return;
    const {layout} = this.figure;
    this.geometry = new Geometry(layout, width, layout.height, this.range);
    const marks = ticks(...this.range, this.data.zone, clamp(Math.floor(this.geometry.width / 84), 2, 12));
    const xaxis = {...layout.xaxis, range: [...this.range], tickmode: 'array', tickvals: marks.values, ticktext: marks.texts};
    await library.react(this.plot, this.figure.data, {...layout, width, xaxis}, {staticPlot: true, displaylogo: false, showSendToCloud: false});
    this.root.classList.add('mv-drawn');
    this.drawOver();
  }

  drawOver() {
    const marks = this.data.marks;
    drawMarks(marks, this.series, this.geometry, this.below, this.above, (mark, dot) => this.tellMark(mark, dot));
    drawLabels(this.series, this.geometry, this.labels);
    fill(this.captions, this.geometry.panels.map(({name, top}) => {
      const title = this.meta.panels?.[name];
      return title && make('div', {class: 'mv-caption', text: title, style: {left: `${this.geometry.left}px`, top: `${top}px`}});
    }), this.meta.references.map(({panel, value, text}) => make('div', {class: 'mv-reference', text,
      style: {left: `${this.geometry.left + 2}px`, top: `${this.geometry.y(value, panel)}px`}})));
    const {left, top, width, height} = this.geometry;
    Object.assign(this.target.style, {left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px`});
    this.reset.hidden = this.zoom === null;
    this.drawCursor();
  }

  resized() {
    if (this.figure && this.root.clientWidth !== this.wide) {
      this.wide = this.root.clientWidth;
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(() => this.draw());
    }
  }

  /** The selection, and where the pointer or the keyboard stands. */
  drawCursor() {
    const nodes = [];
    if (this.selection) {
      const {start, end, box} = this.selection;
      const [left, right] = [this.geometry.clampX(this.geometry.x(start)), this.geometry.clampX(this.geometry.x(end))];
      const panels = this.selectedPanels();
      const [top, bottom] = box ?? [panels[0].top, panels.at(-1).bottom];
      nodes.push(make('div', {class: 'mv-selection', style: {left: `${left}px`, width: `${Math.max(1, right - left)}px`, top: `${top}px`, height: `${bottom - top}px`}}));
    }
    if (this.cursor !== null && this.cursor >= this.range[0] && this.cursor <= this.range[1]) {
      const {top, height} = this.geometry;
      const left = this.geometry.x(this.cursor);
      nodes.push(make('div', {class: 'mv-cursor', style: {left: `${left}px`, top: `${top}px`, height: `${height}px`}}));
      const pointed = this.pointed ?? this.chosen;
      if (pointed && !pointed.stacked) {
        const {time, value} = sample(pointed, this.cursor);
        if (value !== null) nodes.push(make('div', {class: 'mv-point', style: {left: `${this.geometry.x(time)}px`, top: `${this.geometry.y(value, pointed.panel)}px`, background: pointed.colour}}));
      }
    }
    fill(this.cursors, nodes);
    this.emphasise();
  }

  emphasise() {
    const some = this.selection?.series ?? [];
    const strong = some.length ? some : [this.pointed ?? this.chosen].filter(Boolean);
    for (const label of this.labels.children) {
      const mine = strong.some((series) => String(series.place) === label.dataset.series);
      label.classList.toggle('mv-strong', mine);
      label.classList.toggle('mv-faint', strong.length > 0 && !mine);
    }
  }

  summarise() {
    const named = this.series.filter((series) => !series.quiet);
    fill(this.summary, named.map((series) => {
      const found = extremes(series);
      const said = (point) => `${format(point.value, series.unit ?? this.meta.unit)} at ${stretch(point.time, point.time, this.data.zone, this.whole)}`;
      return make('li', {text: found ? `${series.name}: lowest ${said(found.low)}, highest ${said(found.high)}, last ${said(found.last)}` : `${series.name}: no data`});
    }));
  }

  // --- the pointer

  at(event) {
    const box = this.root.getBoundingClientRect();
    return [this.geometry.clampX(event.clientX - box.left), clamp(event.clientY - box.top, this.geometry.top, this.geometry.bottom)];
  }

  moved(event) {
    if (!this.geometry) return;
    const [x, y] = this.at(event);
    if (this.pressedAt) {
      this.dragTo(x, y);
      return;
    }
    this.pointed = pointedAt(this.series, this.geometry, x, y);
    this.cursor = this.timeNear(x);
    this.drawCursor();
    this.tell(x, y);
  }

  /** The time at a pixel, drawn to the nearest sample where samples are further apart than pixels. */
  timeNear(x) {
    const at = this.geometry.timeAt(x);
    const near = this.pointed ?? this.series.find((series) => !series.quiet);
    if (!near) return at;
    const {time} = sample(near, at);
    return Math.abs(this.geometry.x(time) - x) < 24 ? clamp(time, ...this.range) : at;
  }

  tell(x, y) {
    const cell = cellAt(this.figure, this.geometry, x, y);
    const words = cell ? describeCell(cell, this.meta.unit, this.data.zone, this.whole)
      : describeMoment(this.series, this.cursor, this.pointed, this.meta.unit, this.data.zone, this.whole);
    fill(this.tip, words);
    this.showTip(x, y);
  }

  tellMark(mark, dot) {
    if (!mark) {
      this.tip.hidden = true;
      return;
    }
    fill(this.tip, make('div', {class: 'mv-tip-time', text: `${mark.kind} · ${stretch(mark.start, mark.end, this.data.zone, this.whole)}`}),
      make('div', {class: 'mv-tip-words', text: mark.text}), make('div', {class: 'mv-tip-more', text: mark.author}));
    this.showTip(parseFloat(dot.style.left), this.geometry.top + 4);
  }

  showTip(x, y) {
    this.tip.hidden = false;
    const {offsetWidth: width, offsetHeight: height} = this.tip;
    const room = this.root.clientWidth;
    this.tip.style.left = `${x + 18 + width < room ? x + 18 : Math.max(0, x - 18 - width)}px`;
    this.tip.style.top = `${clamp(y - height / 2, 0, Math.max(0, this.root.clientHeight - height))}px`;
  }

  left() {
    if (this.pressedAt) return;
    this.tip.hidden = true;
    this.pointed = null;
    if (document.activeElement !== this.target) this.cursor = null;
    if (this.geometry) this.drawCursor();
  }

  pressed(event) {
    if (event.button !== 0 || !this.geometry) return;
    this.target.setPointerCapture(event.pointerId);
    this.pressedAt = this.at(event);
    this.dragging = false;
  }

  dragTo(x, y) {
    const [fromX, fromY] = this.pressedAt;
    if (!this.dragging && Math.abs(x - fromX) < DRAG) return;
    this.dragging = true;
    this.tip.hidden = true;
    this.cursor = null;
    this.selection = this.boxed(Math.min(fromX, x), Math.max(fromX, x), Math.min(fromY, y), Math.max(fromY, y));
    this.drawCursor();
  }

  /** A flat drag takes every series of its panel; a tall one only those with a sample inside the box. */
  boxed(left, right, top, bottom) {
    const [start, end] = [Math.round(this.geometry.timeAt(left)), Math.round(this.geometry.timeAt(right))];
    const [first, last] = [this.geometry.panelAt(top), this.geometry.panelAt(bottom)];
    const panel = this.geometry.panel(first);
    if (first === last && bottom - top > BOX * (panel.bottom - panel.top)) {
      const caught = inside(this.series, this.geometry, {left, right, top, bottom});
      if (caught.length) return {start, end, series: caught, box: [top, bottom]};
    }
    const names = this.geometry.panels.map((each) => each.name);
    const chosen = names.slice(names.indexOf(first), names.indexOf(last) + 1);
    return {start, end, series: chosen.length === names.length ? [] : this.series.filter((series) => chosen.includes(series.panel)), panels: chosen};
  }

  selectedPanels() {
    const {panels} = this.geometry;
    const named = new Set(this.selection.panels ?? this.selection.series.map((series) => series.panel));
    return named.size ? panels.filter((panel) => named.has(panel.name)) : panels;
  }

  released(event) {
    if (!this.pressedAt) return;
    const [x, y] = this.at(event);
    this.pressedAt = null;
    if (this.dragging) {
      this.dragging = false;
      this.compose();
      return;
    }
    clearTimeout(this.clicking);
    this.clicking = setTimeout(() => this.clicked(x, y), this.zoom ? 240 : 0);
  }

  clicked(x, y) {
    const cell = cellAt(this.figure, this.geometry, x, y);
    if (cell) {
      this.selection = {start: cell.start, end: cell.end, series: [], box: [cell.top, cell.bottom], where: cell.where, cell};
    } else {
      const series = pointedAt(this.series, this.geometry, x, y);
      const at = Math.round(series ? sample(series, this.geometry.timeAt(x)).time : this.timeNear(x));
      this.selection = {start: at, end: at, series: series ? [series] : []};
    }
    this.drawCursor();
    this.compose();
  }

  cancelled() {
    this.pressedAt = null;
    this.dragging = false;
  }

  doubled() {
    clearTimeout(this.clicking);
    if (!this.zoom || this.composer.hasWords) return;
    this.composer.close();
    this.clear();
    this.zoomTo(null);
  }

  // --- the keyboard

  key(event) {
    if (!this.geometry || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = this.stepSize();
    const moves = {ArrowLeft: -step, ArrowRight: step, PageUp: -12 * step, PageDown: 12 * step, Home: -Infinity, End: Infinity};
    const acts = {
      ArrowUp: () => this.choose(-1), ArrowDown: () => this.choose(1), Escape: () => this.clear(),
      Enter: () => this.composeAtCursor(), '+': () => this.selection && this.zoomTo([this.selection.start, this.selection.end]),
      '-': () => this.zoomTo(null), 0: () => this.zoomTo(null),
    };
    if (event.key in moves) this.step(moves[event.key], event.shiftKey);
    else if (event.key in acts) acts[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  stepSize() {
    const series = this.chosen ?? this.series.find((each) => !each.quiet) ?? this.series[0];
    const times = series?.times ?? this.figure.data[0]?.x ?? [];
    const own = times.length > 1 ? (times.at(-1) - times[0]) / (times.length - 1) : 0;
    return Math.max(own, this.whole / 240);
  }

  step(by, extend) {
    const from = this.cursor ?? (by < 0 ? this.range[1] : this.range[0]);
    const to = clamp(from + by, ...this.range);
    if (extend) {
      this.origin ??= from;
      const series = this.chosen ? [this.chosen] : [];
      this.selection = {start: Math.round(Math.min(this.origin, to)), end: Math.round(Math.max(this.origin, to)), series};
    } else if (this.selection && !this.composer.isOpen) {
      this.selection = null;
      this.origin = null;
    }
    this.cursor = to;
    this.drawCursor();
    this.say();
  }

  choose(by) {
    const named = [null, ...this.series.filter((series) => !series.quiet)];
    this.chosen = named[(named.indexOf(this.chosen) + by + named.length) % named.length];
    this.cursor ??= this.range[1];
    if (this.selection) this.selection = {...this.selection, series: this.chosen ? [this.chosen] : [], box: null, panels: null};
    this.drawCursor();
    this.live.textContent = this.chosen ? this.chosen.name : 'all series';
  }

  say() {
    const {start, end} = this.selection ?? {};
    this.live.textContent = this.selection
      ? `marked ${stretch(start, end, this.data.zone, this.whole)}`
      : sayMoment(this.series, this.cursor, this.chosen, this.meta.unit, this.data.zone, this.whole);
  }

  composeAtCursor() {
    if (!this.selection) {
      if (this.cursor === null) return;
      const at = Math.round(this.chosen ? sample(this.chosen, this.cursor).time : this.cursor);
      this.selection = {start: at, end: at, series: this.chosen ? [this.chosen] : []};
      this.drawCursor();
    }
    this.compose();
  }

  blurred() {
    if (!this.composer.isOpen) {
      this.cursor = null;
      this.chosen = null;
      if (this.geometry) this.drawCursor();
    }
  }

  // --- writing

  compose() {
    this.tip.hidden = true;
    const {start, end, series} = this.selection;
    const left = (this.geometry.x(start) + this.geometry.x(end)) / 2;
    const zoom = {label: 'Zoom in', title: 'Look closer; double click to come back', run: () => {
      this.composer.close();
      this.zoomTo([start, end]);
    }};
    const wide = end - start > this.stepSize();
    if (!this.data.writable) {
      if (wide) this.zoomTo([start, end]);
      this.clear();
      return;
    }
    this.composer.open({
      anchor: {at: 'stretch', start, end, series: series.map((each) => each.labels)},
      where: `${this.said(series)}, ${stretch(start, end, this.data.zone, this.whole)}`,
      left: this.geometry.clampX(left), top: this.geometry.bottom + 12, actions: wide ? [zoom] : [],
    });
  }

  said(series) {
    if (this.selection.where) return this.selection.where;
    if (!series.length) return this.series.filter((each) => !each.quiet).length > 1 ? 'All series' : this.series[0]?.name ?? 'Everything';
    const names = series.slice(0, SHOWN_SERIES).map((each) => each.name).join(', ');
    return series.length > SHOWN_SERIES ? `${names} and ${series.length - SHOWN_SERIES} more` : names;
  }

  closed(focused) {
    this.selection = null;
    this.origin = null;
    if (this.geometry) this.drawCursor();
    if (focused) this.target.focus({preventScroll: true});
  }

  clear() {
    if (this.composer.isOpen) this.composer.close();
    this.selection = null;
    this.origin = null;
    this.drawCursor();
  }

  zoomTo(range) {
    if (range && range[1] - range[0] < 1000) return;
    this.zoom = range;
    this.selection = null;
    this.cursor = null;
    this.live.textContent = range ? `zoomed in to ${stretch(...range, this.data.zone, this.whole)}` : 'showing everything';
    this.draw();
  }
}

export default function ({data, parentElement, setTriggerValue}) {
  return living(parentElement, 'chart', (element) => new MarkingChart(element), (chart) => chart.update(data, setTriggerValue));
}
