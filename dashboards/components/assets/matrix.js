// A dependency matrix that several mark at once. Rows need columns. Click, Enter or space goes through the answers.

import {fill, living, make} from './dom.js';
import {face, label, marksOf} from './matrix_cells.js';
import {Panel} from './matrix_panel.js';
import {Outbox} from './outbox.js';

const places = new Map();      // by component key: where one is, so that a remount of the component moves nobody
const STEPS = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]};

class Matrix {
  constructor(parent) {
    this.body = make('table', {class: 'mv-grid', role: 'grid', 'aria-label': 'Who needs what: rows need columns'});
    this.frame = make('div', {class: 'mv-grid-frame'}, this.body);
    this.panel = new Panel({
      mark: (at, how) => this.mark(at, how), write: (entries, draft) => this.write(entries, draft),
      typed: (at, text) => this.outbox.setDraft(at, text ? {at, text} : null), back: () => this.cellAt(this.here)?.focus(),
    });
    this.root = make('div', {class: 'mv-root mv-matrix'}, make('div', {class: 'mv-matrix-room'}, this.frame, this.panel.node));
    parent.append(this.root);
    this.cells = new Map();
    this.here = null;
    this.root.addEventListener('focusin', (event) => places.set(this.data.key, {at: this.here, line: event.target === this.panel.line}));
    this.root.addEventListener('focusout', () => setTimeout(() => this.left()));
    this.body.addEventListener('click', (event) => this.pressed(event));
    this.body.addEventListener('keydown', (event) => this.key(event));
    this.body.addEventListener('focusin', (event) => this.entered(event.target.closest('[data-at]')));
    this.body.addEventListener('pointerover', (event) => this.light(event.target.closest('[data-at]')?.dataset.at ?? this.here));
    this.body.addEventListener('pointerleave', () => this.light(this.here));
  }

  update(data, send) {
    this.data = data;
    this.outbox ??= new Outbox(data.key);
    this.outbox.update(data.answers, (items) => send('wrote', items));
    const built = JSON.stringify([data.rows, data.writable]);
    if (built !== this.built) this.build(built);
    this.paint();
    this.comeBack();
  }

  /** Where one was when the page took the component away and put it back. */
  comeBack() {
    const {at, line} = places.get(this.data.key) ?? {};
    if (this.here || !this.cells.has(at) || document.activeElement !== document.body) return;
    this.cellAt(at).focus({preventScroll: true});
    if (line) this.panel.line.focus({preventScroll: true});
  }

  left() {
    if (this.root.isConnected && !this.root.contains(document.activeElement)) places.delete(this.data.key);
  }

  dispose() {
    this.outbox?.dispose();
    this.root.remove();
  }

  cellAt(at) {
    return this.cells.get(at)?.node;
  }

  build(built) {
    const {rows} = this.data, focused = this.body.contains(document.activeElement);
    this.built = built;
    this.places = new Map(rows.map((row, place) => [row.id, place]));
    this.cells.clear();
    this.root.style.setProperty('--count', rows.length);
    const heads = rows.map((row, place) => make('th', {scope: 'col', class: 'mv-column', title: row.name}, make('span', {class: 'mv-column-name'}, make('small', {text: `${place + 1}`}), row.name)));
    fill(this.body, make('thead', {}, make('tr', {}, make('td', {class: 'mv-corner'}, make('span', {text: 'row needs column'})), heads)),
      make('tbody', {}, rows.map((row, place) => make('tr', {}, make('th', {scope: 'row', class: 'mv-row', title: row.name}, make('small', {text: `${place + 1}`}), make('span', {text: row.name})),
        rows.map((column, other) => this.cell(row, column, place, other))))));
    if (!this.cells.has(this.here)) this.here = null;
    const way = this.cells.get(this.here) ?? this.cells.values().next().value;
    way?.node.setAttribute('tabindex', '0');
    if (focused && this.here) way.node.focus({preventScroll: true});
    this.light(this.here);
  }

  cell(row, column, place, other) {
    const together = row.cycle !== null && row.cycle === column.cycle ? ' mv-in-cycle' : '';
    if (place === other) return make('td', {class: `mv-diagonal${together}`, 'aria-label': row.name});
    const at = `${row.id}/${column.id}`;
    const node = make('td', {class: `mv-square${together}${other > place ? ' mv-above' : ''}`, role: 'gridcell', tabindex: '-1', 'data-at': at});
    this.cells.set(at, {node, row, column, state: null});
    return node;
  }

  /** Only cells that changed are drawn anew. */
  paint() {
    const {data} = this;
    this.marks = marksOf(data, this.outbox.entries);
    for (const [at, cell] of this.cells) {
      const who = this.who(at), said = data.cells[at];
      const state = JSON.stringify([[...who], said, data.me]);
      if (state === cell.state) continue;
      cell.state = state;
      fill(cell.node, face(who, said, data));
      cell.node.classList.toggle('mv-asked', Boolean(said?.asked));
      cell.node.setAttribute('aria-label', label(cell.row, cell.column, who, said, data));
    }
    this.show();
  }

  who(at) {
    return this.marks.get(at) ?? new Map();
  }

  show() {
    const cell = this.cells.get(this.here);
    const open = cell ? {at: this.here, row: cell.row, column: cell.column, who: this.who(this.here), said: this.data.cells[this.here], draft: this.outbox.draft(this.here)?.text ?? ''} : null;
    this.panel.show(open, this.data, this.outbox.troubles.get(this.here ?? '') ?? this.outbox.troubles.get(''));
  }

  mark(at, how) {
    const [needs, needed] = at.split('/');
    this.write([{does: 'believed', needs, needed, how}]);
  }

  write(entries, draft) {
    if (!this.data.writable) return;
    this.outbox.add(entries, draft);
    this.paint();
  }

  pressed(event) {
    const at = event.target.closest('[data-at]')?.dataset.at;
    if (!at) return;
    this.cellAt(at).focus({preventScroll: true});
    this.next(at);
  }

  /** From nothing through all answers to nothing again. */
  next(at) {
    const {kinds, me, writable} = this.data;
    if (writable) this.mark(at, kinds[kinds.indexOf(this.who(at).get(me)) + 1] ?? null);
  }

  entered(node) {
    if (!node) return;
    this.cellAt(this.here)?.setAttribute('tabindex', '-1');
    for (const each of this.body.querySelectorAll('[tabindex="0"]')) each.setAttribute('tabindex', '-1');
    node.setAttribute('tabindex', '0');
    this.here = node.dataset.at;
    this.light(this.here);
    this.show();
  }

  light(at) {
    if (this.lit === at) return;
    this.lit = at;
    for (const each of this.body.querySelectorAll('.mv-lit')) each.classList.remove('mv-lit');
    const cell = this.cells.get(at);
    if (!cell) return;
    const place = this.places.get(cell.row.id), other = this.places.get(cell.column.id);
    const [head, ...lines] = this.body.rows;
    head.cells[other + 1].classList.add('mv-lit');
    for (const each of lines[place].cells) each.classList.add('mv-lit');
    for (const line of lines) line.cells[other + 1].classList.add('mv-lit');
  }

  key(event) {
    const at = event.target.closest?.('[data-at]')?.dataset.at, {key} = event;
    if (!at || event.ctrlKey || event.metaKey || event.altKey) return;
    const {kinds} = this.data, number = Number(key);
    if (STEPS[key]) this.step(at, STEPS[key]);
    else if (key === 'Enter' || key === ' ') this.next(at);
    else if (number >= 1 && number <= kinds.length) this.mark(at, kinds[number - 1]);
    else if (key === 'Backspace' || key === 'Delete' || key === '0') this.mark(at, null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The next cell in that direction; over the diagonal. */
  step(at, [down, right]) {
    const {rows} = this.data, {row, column} = this.cells.get(at);
    let line = this.places.get(row.id) + down, place = this.places.get(column.id) + right;
    if (line === place) [line, place] = [line + down, place + right];
    const next = this.cellAt(`${rows[line]?.id}/${rows[place]?.id}`);
    next?.focus({preventScroll: true});
    next?.scrollIntoView({block: 'nearest', inline: 'nearest'});
  }
}

export default function ({data, parentElement, setTriggerValue}) {
  return living(parentElement, 'matrix', (element) => new Matrix(element), (matrix) => matrix.update(data, setTriggerValue));
}
