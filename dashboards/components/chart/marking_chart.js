// A chart on which people mark what they notice: drag a stretch, type, Enter. By pointer, by keyboard, and on a
// touchscreen by holding a finger on it; there a tap only reads, since a finger cannot point without touching.
// Zoom, selection and typed words belong to the browser, so they stay while others' notices arrive.

/**
 * @import {Placed, StretchMark} from './marks.js'
 * @import {Selection} from './selection.js'
 * @import {Writable} from '../browser/composer.js'
 * @import {Figure, Labels, LayoutMeta, Range} from './figure.js'
 * @import {Series} from './series.js'
 * @import {Component, Send} from '../browser/streamlit.js'
 */

import {Composer} from '../browser/composer.js';
import {clamp, fill, living, make, mode, pixels} from '../browser/dom.js';
import {plotly} from '../browser/plotly.js';
import {stretch, ticks} from '../browser/times.js';
import {cellAt, describeCell} from './cells.js';
import {datedAxes} from './dates.js';
import {Geometry} from './geometry.js';
import {captions, drawLabels, keyOf, stateWords} from './labels.js';
import {drawMarks, same} from './marks.js';
import {repaint} from './paint.js';
import {dragged, moment, ofCell, rectangle, saying} from './selection.js';
import {pointedAt, readSeries, sample} from './series.js';
import {describeMoment, sayMoment, summary} from './tip.js';

/**
 * `figure` is JSON, `tokens` each colour as it is in light and in dark; times are said in `zone`.
 * @typedef {object} Chart
 * @property {string} figure
 * @property {Record<string, [light: string, dark: string]>} tokens
 * @property {string} alt
 * @property {string} zone
 * @property {StretchMark[]} marks
 *
 * @typedef {Chart & Writable} Data
 */

const DRAG = 4; // pixels before it is a drag and not a click
const NEAR = 24; // pixels within which one means the sample
const SECOND = 1000;
const HOLD = 450; // milliseconds until a finger marks
const WANDER = 10; // pixels that a finger may move meanwhile, or before it is a drag
const FINGER = 22; // pixels to either side that it marks

class MarkingChart {
  /** @type {Data} */
  data;
  /** @type {Figure} */
  figure;
  /** @type {LayoutMeta} */
  meta;
  /** @type {Series[]} */
  series;
  /** @type {Geometry} */
  geometry; // there is none before the first drawing
  /** @type {Range | null} */
  zoom = null;
  /** @type {Selection | null} */
  selection = null;
  /** @type {number | null} */
  cursor = null; // the time at the pointer, or where the keyboard stands
  /** @type {number | null} */
  origin = null; // where a stretch began that the keyboard marks
  /** @type {Series | null} */
  chosen = null; // by the keyboard
  /** @type {Series | null} */
  pointed = null; // by the pointer
  /** @type {[x: number, y: number] | null} */
  pressedAt = null;
  dragging = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  holding; // while a finger rests
  held = false; // it has rested long enough
  drawn = ''; // what the figure was drawn from
  wide = 0;

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.below = make('div', {class: 'mv-layer'});
    this.plot = make('div', {class: 'mv-plot', 'aria-hidden': 'true'});
    this.captions = make('div', {class: 'mv-layer', 'aria-hidden': 'true'});
    this.labels = make('div', {class: 'mv-layer', 'aria-hidden': 'true'});
    this.cursors = make('div', {class: 'mv-layer'});
    this.target = this.#target();
    this.above = make('div', {class: 'mv-layer'});
    this.tip = make('div', {class: 'mv-tip', hidden: true, 'aria-hidden': 'true'});
    this.reset = make('button', {
      type: 'button',
      class: 'mv-reset',
      text: 'Show all',
      hidden: true,
      onclick: () => this.zoomTo(null),
    });
    this.live = make('div', {class: 'mv-unseen', 'aria-live': 'polite'});
    this.summary = make('ul', {class: 'mv-unseen'});
    this.legend = make('div', {class: 'mv-meanings', hidden: true, 'aria-hidden': 'true'});
    this.root = make(
      'div',
      {class: 'mv-root mv-chart'},
      ...[this.below, this.plot, this.captions, this.labels, this.cursors, this.target, this.above],
      ...[this.tip, this.reset, this.live, this.summary, this.legend],
    );
    parent.append(this.root);
    this.composer = new Composer(
      this.root,
      (anchor) => this.placeOf(anchor),
      (_saved, focused) => this.closed(focused),
    );
    this.watch = new ResizeObserver(() => this.resized());
    this.watch.observe(this.root);
  }

  /** What takes the pointer and the keyboard. */
  #target() {
    const target = make('div', {
      class: 'mv-target',
      tabindex: 0,
      role: 'application',
      'aria-roledescription': 'chart',
      onpointermove: (event) => this.moved(event),
      onpointerleave: (event) => this.left(event),
      onpointerdown: (event) => this.pressed(event),
      onpointerup: (event) => this.released(event),
      onpointercancel: () => this.cancelled(),
      ondblclick: () => this.doubled(),
      onkeydown: (event) => this.key(event),
      onblur: () => this.blurred(),
      oncontextmenu: (event) => this.pressedAt && event.preventDefault(),
    });
    const keepPage = (/** @type {TouchEvent} */ event) => this.held && event.preventDefault();
    target.addEventListener('touchmove', keepPage, {passive: false});
    return target;
  }

  /**
   * @param {Data} data
   * @param {Send} send
   */
  async update(data, send) {
    const repainted = `${mode()}|${data.figure.length}|${data.figure}`;
    this.data = data;
    this.composer.update(data, send);
    if (repainted !== this.drawn) {
      this.drawn = repainted;
      await this.show(JSON.parse(repaint(data.figure, data.tokens, mode())));
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

  get whole() {
    return this.range[1] - this.range[0];
  }
  get range() {
    return this.zoom ?? this.meta.home;
  }

  /** @param {Figure} figure */
  show(figure) {
    this.figure = figure;
    this.series = readSeries(figure);
    this.meta = figure.layout.meta;
    this.showLegend();
    this.target.setAttribute('aria-label', this.data.alt);
    this.target.setAttribute(
      'aria-description',
      this.data.writable
        ? 'Left and right move in time, with Shift they mark a stretch; up and down choose a series; Enter writes a notice.'
        : 'Left and right move in time, up and down choose a series.',
    );
    fill(this.summary, summary(this.series, this.meta.unit, this.data.zone, this.whole));
    return this.draw();
  }

  /** What the colours mean, below the chart, where there is something to be said. */
  showLegend() {
    const {height} = this.figure.layout;
    this.legend.hidden = !this.meta.key?.length;
    fill(this.legend, keyOf(this.meta));
    this.root.classList.toggle('mv-banded', Boolean(this.meta.key));
    this.plot.style.minHeight = `${height}px`;
    this.root.style.height = this.legend.hidden ? `${height}px` : 'auto';
  }

  async draw() {
    const library = await plotly();
    const width = this.root.clientWidth;
    if (!width) return;
    const {data, layout} = this.figure;
    this.geometry = new Geometry(layout, width, layout.height, this.range);
    const config = {staticPlot: true, displaylogo: false, showSendToCloud: false};
    const axes = {...datedAxes(this.figure, this.data.zone), xaxis: this.xaxis()};
    await library.react(this.plot, data, {...layout, width, ...axes}, config);
    this.root.classList.add('mv-drawn');
    this.drawOver();
  }

  xaxis() {
    const wanted = clamp(Math.floor(this.geometry.width / 84), 2, 12);
    const {values, texts} = ticks(...this.range, this.data.zone, wanted);
    const {xaxis} = this.figure.layout;
    return {...xaxis, range: [...this.range], tickmode: 'array', tickvals: values, ticktext: texts};
  }

  drawOver() {
    drawMarks(this.data.marks, this.series, this.geometry, this, (mark) => this.tellMark(mark));
    drawLabels(this.series, this.geometry, this.labels);
    fill(this.captions, captions(this.meta, this.geometry), stateWords(this.series, this.geometry));
    const {left, top, width, height} = this.geometry;
    Object.assign(this.target.style, pixels({left, top, width, height}));
    this.reset.hidden = this.zoom === null;
    this.drawCursor();
    this.composer.comeBack();
  }

  resized() {
    if (this.figure && this.root.clientWidth !== this.wide) {
      this.wide = this.root.clientWidth;
      cancelAnimationFrame(this.frame ?? 0);
      this.frame = requestAnimationFrame(() => this.draw());
    }
  }

  /** The selection, and where the pointer or the keyboard stands. */
  drawCursor() {
    const selected = this.selection && rectangle(this.selection, this.geometry);
    const {cursor, range} = this;
    const inRange = cursor !== null && cursor >= range[0] && cursor <= range[1];
    fill(
      this.cursors,
      selected && make('div', {class: 'mv-selection', style: pixels(selected)}),
      inRange && this.standing(cursor),
    );
    this.emphasise();
  }

  /**
   * The line at a time, and the point on the series that is meant.
   * @param {number} cursor
   */
  standing(cursor) {
    const {top, height} = this.geometry;
    const line = make('div', {class: 'mv-cursor', style: pixels({left: this.geometry.x(cursor), top, height})});
    const meant = this.pointed ?? this.chosen;
    return [line, meant && !meant.stacked && this.point(meant, cursor)];
  }

  /**
   * @param {Series} series
   * @param {number} at
   */
  point(series, at) {
    const {time, value} = sample(series, at);
    if (value === null) return null;
    const place = pixels({left: this.geometry.x(time), top: this.geometry.y(value, series.panel)});
    return make('div', {class: 'mv-point', style: {...place, background: series.colour}});
  }

  emphasise() {
    const meant = this.pointed ?? this.chosen;
    const some = this.selection?.series ?? [];
    const strong = some.length || !meant ? some : [meant];
    const places = strong.map(({place}) => String(place));
    for (const label of this.labels.children) {
      const mine = places.includes(label.getAttribute('data-series') ?? '');
      label.classList.toggle('mv-strong', mine);
      label.classList.toggle('mv-faint', strong.length > 0 && !mine);
    }
  }

  // --- the pointer

  /**
   * @param {MouseEvent} event
   * @returns {[x: number, y: number]}
   */
  at(event) {
    const box = this.root.getBoundingClientRect();
    const {top, bottom} = this.geometry;
    return [this.geometry.clampX(event.clientX - box.left), clamp(event.clientY - box.top, top, bottom)];
  }

  /** @param {PointerEvent} event */
  moved(event) {
    if (!this.geometry) return;
    const [x, y] = this.at(event);
    if (this.pressedAt) {
      this.dragTo(this.pressedAt, [x, y], event.pointerType === 'touch' ? WANDER : DRAG);
      return;
    }
    this.pointed = pointedAt(this.series, this.geometry, x, y);
    this.cursor = this.timeNear(x);
    this.drawCursor();
    this.tell(x, y, this.cursor);
  }

  /**
   * The time at a pixel, drawn to the nearest sample where samples are further apart than pixels.
   * @param {number} x
   */
  timeNear(x) {
    const at = this.geometry.timeAt(x);
    const near = this.pointed ?? this.series.find((series) => !series.quiet);
    if (!near) return at;
    const {time} = sample(near, at);
    return Math.abs(this.geometry.x(time) - x) < NEAR ? clamp(time, ...this.range) : at;
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} at
   */
  tell(x, y, at) {
    const {unit} = this.meta;
    const {zone} = this.data;
    const cell = cellAt(this.figure, this.geometry, x, y);
    fill(
      this.tip,
      cell
        ? describeCell(cell, unit, zone, this.whole)
        : describeMoment(this.series, at, this.pointed, unit, zone, this.whole),
    );
    this.showTip(x, y);
  }

  /** @param {Placed | null} mark */
  tellMark(mark) {
    if (!mark) {
      this.tip.hidden = true;
      return;
    }
    const when = stretch(mark.start, mark.end, this.data.zone, this.whole);
    fill(
      this.tip,
      make('div', {class: 'mv-tip-time', text: `${mark.kind} · ${when}`}),
      make('div', {class: 'mv-tip-words', text: mark.text}),
      make('div', {class: 'mv-tip-more', text: mark.author}),
    );
    this.showTip(mark.at, this.geometry.top + 4);
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  showTip(x, y) {
    this.tip.hidden = false;
    const {offsetWidth: width, offsetHeight: height} = this.tip;
    const fits = x + 18 + width < this.root.clientWidth;
    const left = fits ? x + 18 : Math.max(0, x - 18 - width);
    const top = clamp(y - height / 2, 0, Math.max(0, this.root.clientHeight - height));
    Object.assign(this.tip.style, pixels({left, top}));
  }

  /** @param {PointerEvent} event */
  left(event) {
    if (this.pressedAt || event.pointerType === 'touch') return;
    this.tip.hidden = true;
    this.pointed = null;
    if (document.activeElement !== this.target) this.cursor = null;
    if (this.geometry) this.drawCursor();
  }

  /** @param {PointerEvent} event */
  pressed(event) {
    if (event.button !== 0 || !this.geometry) return;
    this.target.setPointerCapture(event.pointerId);
    this.pressedAt = this.at(event);
    this.dragging = false;
    this.tip.hidden = true;
    if (event.pointerType === 'touch') this.rest(this.pressedAt);
  }

  /**
   * A finger that stays marks a stretch around it, which it may go on to widen.
   * @param {[x: number, y: number]} where
   */
  rest(where) {
    this.lift();
    this.holding = setTimeout(() => {
      this.held = true;
      navigator.vibrate?.(10);
      this.dragTo(where, where, 0);
    }, HOLD);
  }

  lift() {
    clearTimeout(this.holding);
    this.held = false;
  }

  /**
   * @param {[x: number, y: number]} from
   * @param {[x: number, y: number]} to
   * @param {number} least pixels, before it is a drag
   */
  dragTo([fromX, fromY], [x, y], least) {
    if (!this.dragging && Math.abs(x - fromX) < least) return;
    clearTimeout(this.holding);
    const reach = this.held ? FINGER : 0;
    this.dragging = true;
    this.tip.hidden = true;
    this.cursor = null;
    this.selection = dragged(this.series, this.geometry, {
      left: this.geometry.clampX(Math.min(fromX - reach, x)),
      right: this.geometry.clampX(Math.max(fromX + reach, x)),
      top: Math.min(fromY, y),
      bottom: Math.max(fromY, y),
    });
    this.drawCursor();
  }

  /** @param {PointerEvent} event */
  released(event) {
    if (!this.pressedAt) return;
    const [x, y] = this.at(event);
    this.pressedAt = null;
    this.lift();
    if (this.dragging) {
      this.dragging = false;
      this.compose();
      return;
    }
    if (event.pointerType === 'touch') {
      this.moved(event);
      return;
    }
    clearTimeout(this.clicking);
    this.clicking = setTimeout(() => this.clicked(x, y), this.zoom ? 240 : 0);
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  clicked(x, y) {
    const cell = cellAt(this.figure, this.geometry, x, y);
    this.selection = cell ? ofCell(cell) : this.momentAt(x, y);
    this.drawCursor();
    this.compose();
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  momentAt(x, y) {
    const series = pointedAt(this.series, this.geometry, x, y);
    return moment(series ? sample(series, this.geometry.timeAt(x)).time : this.timeNear(x), series);
  }

  cancelled() {
    this.lift();
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

  /** @param {KeyboardEvent} event */
  key(event) {
    if (!this.geometry || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.stepBy(event) && !this.actBy(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * Whether the key is one that moves in time.
   * @param {KeyboardEvent} event
   */
  stepBy({key, shiftKey}) {
    const step = this.stepSize();
    /** @type {Record<string, number>} */
    const moves = {
      ArrowLeft: -step,
      ArrowRight: step,
      PageUp: -12 * step,
      PageDown: 12 * step,
      Home: -Infinity,
      End: Infinity,
    };
    if (!(key in moves)) return false;
    this.step(moves[key], shiftKey);
    return true;
  }

  /**
   * Whether the key is one that does something else.
   * @param {KeyboardEvent} event
   */
  actBy({key}) {
    /** @type {Record<string, () => void>} */
    const acts = {
      ArrowUp: () => this.choose(-1),
      ArrowDown: () => this.choose(1),
      Escape: () => this.clear(),
      Enter: () => this.composeAtCursor(),
      '+': () => this.selection && this.zoomTo([this.selection.start, this.selection.end]),
      '-': () => this.zoomTo(null),
      0: () => this.zoomTo(null),
    };
    if (!(key in acts)) return false;
    acts[key]();
    return true;
  }

  stepSize() {
    const series = this.chosen ?? this.series.find((each) => !each.quiet) ?? this.series[0];
    const times = series?.times ?? this.figure.data[0]?.x ?? [];
    const own = series?.step ?? (times.length > 1 ? (times[times.length - 1] - times[0]) / (times.length - 1) : 0);
    return Math.max(own, this.whole / 240);
  }

  /**
   * @param {number} by milliseconds
   * @param {boolean} extend whether it marks what it passes
   */
  step(by, extend) {
    const from = this.cursor ?? (by < 0 ? this.range[1] : this.range[0]);
    const to = clamp(from + by, ...this.range);
    if (extend) {
      this.origin ??= from;
      const [start, end] = [Math.min(this.origin, to), Math.max(this.origin, to)];
      const series = this.chosen ? [this.chosen] : [];
      this.selection = {start: Math.round(start), end: Math.round(end), series};
    } else if (this.selection && !this.composer.isOpen) {
      this.selection = null;
      this.origin = null;
    }
    this.cursor = to;
    this.drawCursor();
    this.say(to);
  }

  /** @param {number} by */
  choose(by) {
    const named = [null, ...this.series.filter((series) => !series.quiet)];
    this.chosen = named[(named.indexOf(this.chosen) + by + named.length) % named.length];
    this.cursor ??= this.range[1];
    if (this.selection) {
      const {start, end} = this.selection;
      this.selection = {start, end, series: this.chosen ? [this.chosen] : []};
    }
    this.drawCursor();
    this.live.textContent = this.chosen ? this.chosen.name : 'all series';
  }

  /** @param {number} at */
  say(at) {
    const {zone} = this.data;
    this.live.textContent = this.selection
      ? `marked ${stretch(this.selection.start, this.selection.end, zone, this.whole)}`
      : sayMoment(this.series, at, this.chosen, this.meta.unit, zone, this.whole);
  }

  composeAtCursor() {
    if (!this.selection) {
      if (this.cursor === null) return;
      const at = this.chosen ? sample(this.chosen, this.cursor).time : this.cursor;
      this.selection = moment(at, this.chosen);
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
    const {selection} = this;
    if (!selection) return;
    if (this.data.writable) {
      this.composer.open(this.beneath(selection));
      return;
    }
    if (this.isWide(selection)) this.zoomTo([selection.start, selection.end]);
    this.clear();
  }

  /** @param {{start: number, end: number, series: Labels[]}} anchor */
  placeOf({start, end, series}) {
    const named = this.series.filter((each) => series.some((labels) => same(labels, each.labels)));
    this.selection = {start, end, series: named};
    this.drawCursor();
    return this.beneath(this.selection);
  }

  /**
   * Whether one can look closer.
   * @param {Selection} selection
   */
  isWide({start, end}) {
    return end - start > this.stepSize();
  }

  /** @param {Selection} selection */
  beneath(selection) {
    const {start, end, series} = selection;
    const left = (this.geometry.x(start) + this.geometry.x(end)) / 2;
    return {
      anchor: {at: 'stretch', start, end, series: series.map((each) => each.labels)},
      where: `${saying(selection, this.series)}, ${stretch(start, end, this.data.zone, this.whole)}`,
      left: this.geometry.clampX(left),
      top: this.geometry.bottom + 12,
      actions: this.isWide(selection) ? [this.closer(start, end)] : [],
    };
  }

  /**
   * @param {number} start
   * @param {number} end
   */
  closer(start, end) {
    const run = () => {
      this.composer.close();
      this.zoomTo([start, end]);
    };
    return {label: 'Zoom in', title: 'Look closer; double-click to zoom out', run};
  }

  /** @param {boolean} focused whether the line had the focus */
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

  /** @param {Range | null} range null shows all */
  zoomTo(range) {
    if (range && range[1] - range[0] < SECOND) return;
    this.zoom = range;
    this.selection = null;
    this.cursor = null;
    this.live.textContent = range
      ? `zoomed in to ${stretch(...range, this.data.zone, this.whole)}`
      : 'showing everything';
    this.draw();
  }
}

/** @param {Component<Data>} component */
export default function ({data, parentElement, setTriggerValue}) {
  return living(
    parentElement,
    'chart',
    (element) => new MarkingChart(element),
    (chart) => chart.update(data, setTriggerValue),
  );
}
