// A dependency matrix that several mark at once. Rows need columns. Click, Enter or space goes through the answers.

/**
 * @import {Element as Part, Entry, Marks, Table} from './grid_cells.js'
 * @import {Answers} from '../../components/browser/outbox.js'
 * @import {Component, Send} from '../../components/browser/streamlit.js'
 */

import {around, fill, living, make} from '../../components/browser/dom.js';
import {Outbox} from '../../components/browser/outbox.js';
import {face, label, marksOf} from './grid_cells.js';
import {Panel} from './grid_panel.js';

/** @typedef {Table & {key: string, rows: Part[], answers: Answers}} Data */

/**
 * A cell on the page; `state` is what was drawn in it last.
 * @typedef {{node: HTMLElement, row: Part, column: Part, state: string | null}} Cell
 */

/** @type {Map<string, {at: string | null, line: boolean}>} */
const places = new Map(); // by component key: where one is, so that a remount of the component moves nobody
/** @type {Record<string, [down: number, right: number]>} */
const STEPS = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]};

class Matrix {
  /** @type {Data} */
  data;
  /** @type {Outbox<Entry, {at: string, text: string}>} */
  outbox;
  /** @type {Map<string, Cell>} */
  cells = new Map();
  /** @type {Map<string, number>} */
  places = new Map(); // of each part, which row it is
  /** @type {Map<string, Marks>} */
  marks = new Map();
  /** @type {string | null} */
  here = null; // the cell one is in
  /** @type {string | null} */
  lit = null;
  built = ''; // what the table was built from

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.body = make('table', {class: 'mv-grid', role: 'grid', 'aria-label': 'Who needs what: rows need columns'});
    this.frame = make('div', {class: 'mv-grid-frame'}, this.body);
    this.panel = new Panel({
      mark: (at, how) => this.mark(at, how),
      write: (entries, draft) => this.write(entries, draft),
      typed: (at, text) => this.outbox.setDraft(at, text ? {at, text} : null),
      back: () => this.cellAt(this.here ?? '')?.focus(),
    });
    this.root = make(
      'div',
      {class: 'mv-root mv-matrix'},
      make('div', {class: 'mv-matrix-room'}, this.frame, this.panel.node),
    );
    parent.append(this.root);
    this.root.addEventListener('focusin', (event) =>
      places.set(this.data.key, {at: this.here, line: event.target === this.panel.line}),
    );
    this.root.addEventListener('focusout', () => setTimeout(() => this.left()));
    this.body.addEventListener('click', (event) => this.pressed(event));
    this.body.addEventListener('keydown', (event) => this.key(event));
    this.body.addEventListener('focusin', (event) => this.entered(around(event, '[data-at]')));
    this.body.addEventListener('pointerover', (event) => this.light(placeOf(event) ?? this.here));
    this.body.addEventListener('pointerleave', () => this.light(this.here));
  }

  /**
   * @param {Data} data
   * @param {Send} send
   */
  update(data, send) {
    this.data = data;
    this.outbox ??= new Outbox(data.key);
    this.outbox.update(
      data.answers,
      (items) => send('wrote', items),
      () => this.update(this.data, send),
    );
    const built = JSON.stringify([data.rows, data.writable]);
    if (built !== this.built) this.build(built);
    this.paint();
    this.comeBack();
  }

  /** Where one was when the page took the component away and put it back. */
  comeBack() {
    const {at, line} = places.get(this.data.key) ?? {};
    const cell = this.cellAt(at ?? '');
    if (this.here || !cell || document.activeElement !== document.body) return;
    cell.focus({preventScroll: true});
    if (line) this.panel.line.focus({preventScroll: true});
  }

  left() {
    if (this.root.isConnected && !this.root.contains(document.activeElement)) places.delete(this.data.key);
  }

  dispose() {
    this.outbox?.dispose();
    this.root.remove();
  }

  /** @param {string} at */
  cellAt(at) {
    return this.cells.get(at)?.node;
  }

  /** @param {string} built */
  build(built) {
    const {rows} = this.data;
    const focused = this.body.contains(document.activeElement);
    this.built = built;
    this.places = new Map(rows.map((row, place) => [row.id, place]));
    this.cells.clear();
    this.root.style.setProperty('--count', String(rows.length));
    const heads = rows.map((row, place) =>
      make(
        'th',
        {scope: 'col', class: 'mv-column', title: row.name},
        make('span', {class: 'mv-column-name'}, make('small', {text: `${place + 1}`}), row.name),
      ),
    );
    fill(
      this.body,
      make(
        'thead',
        {},
        make('tr', {}, make('td', {class: 'mv-corner'}, make('span', {text: 'row needs column'})), heads),
      ),
      make(
        'tbody',
        {},
        rows.map((row, place) =>
          make(
            'tr',
            {},
            make(
              'th',
              {scope: 'row', class: 'mv-row', title: row.name},
              make('small', {text: `${place + 1}`}),
              make('span', {text: row.name}),
            ),
            rows.map((column, other) => this.cell(row, column, place, other)),
          ),
        ),
      ),
    );
    const kept = this.cellAt(this.here ?? '');
    if (!kept) this.here = null;
    const way = kept ?? this.cells.values().next().value?.node;
    way?.setAttribute('tabindex', '0');
    if (focused) kept?.focus({preventScroll: true});
    this.light(this.here);
  }

  /**
   * @param {Part} row
   * @param {Part} column
   * @param {number} place
   * @param {number} other
   */
  cell(row, column, place, other) {
    const together = row.cycle !== null && row.cycle === column.cycle ? ' mv-in-cycle' : '';
    if (place === other) return make('td', {class: `mv-diagonal${together}`, 'aria-label': row.name});
    const at = `${row.id}/${column.id}`;
    const node = make('td', {
      class: `mv-square${together}${other > place ? ' mv-above' : ''}`,
      role: 'gridcell',
      tabindex: '-1',
      'data-at': at,
    });
    this.cells.set(at, {node, row, column, state: null});
    return node;
  }

  /** Only cells that changed are drawn anew. */
  paint() {
    const {data} = this;
    this.marks = marksOf(data, this.outbox.entries);
    for (const [at, cell] of this.cells) {
      const who = this.who(at);
      const said = data.cells[at];
      const state = JSON.stringify([[...who], said, data.me]);
      if (state === cell.state) continue;
      cell.state = state;
      fill(cell.node, face(who, said, data));
      cell.node.classList.toggle('mv-asked', Boolean(said?.asked));
      cell.node.setAttribute('aria-label', label(cell.row, cell.column, who, said, data));
    }
    this.show();
  }

  /**
   * In which row and in which column a cell is.
   * @param {Cell} cell
   */
  placesOf({row, column}) {
    return [this.places.get(row.id) ?? 0, this.places.get(column.id) ?? 0];
  }

  /**
   * @param {string} at
   * @returns {Marks}
   */
  who(at) {
    return this.marks.get(at) ?? new Map();
  }

  show() {
    const {troubles} = this.outbox;
    const trouble = troubles.get(this.here ?? '') ?? troubles.get('');
    this.panel.show(this.here === null ? null : this.opened(this.here), this.data, trouble);
  }

  /**
   * The cell as the panel shows it.
   * @param {string} at
   */
  opened(at) {
    const cell = this.cells.get(at);
    if (!cell) return null;
    const {row, column} = cell;
    const draft = this.outbox.draft(at)?.text ?? '';
    return {at, row, column, who: this.who(at), said: this.data.cells[at], draft};
  }

  /**
   * @param {string} at
   * @param {string | null} how
   */
  mark(at, how) {
    const [needs, needed] = at.split('/');
    this.write([{type: 'believed', needs, needed, how}]);
  }

  /**
   * @param {Entry[]} entries
   * @param {{at: string, text: string}} [draft]
   */
  write(entries, draft) {
    if (!this.data.writable) return;
    this.outbox.add(entries, draft);
    this.paint();
  }

  /** @param {Event} event */
  pressed(event) {
    const at = placeOf(event);
    if (!at) return;
    this.cellAt(at)?.focus({preventScroll: true});
    this.next(at);
  }

  /**
   * From nothing through all answers to nothing again.
   * @param {string} at
   */
  next(at) {
    const {kinds, me, writable} = this.data;
    if (writable) this.mark(at, kinds[kinds.indexOf(this.who(at).get(me) ?? '') + 1] ?? null);
  }

  /** @param {HTMLElement | null} node */
  entered(node) {
    if (!node) return;
    this.cellAt(this.here ?? '')?.setAttribute('tabindex', '-1');
    for (const each of this.body.querySelectorAll('[tabindex="0"]')) each.setAttribute('tabindex', '-1');
    node.setAttribute('tabindex', '0');
    this.here = node.dataset.at ?? null;
    this.light(this.here);
    this.show();
  }

  /** @param {string | null} at */
  light(at) {
    if (this.lit === at) return;
    this.lit = at;
    for (const each of this.body.querySelectorAll('.mv-lit')) each.classList.remove('mv-lit');
    const cell = this.cells.get(at ?? '');
    if (!cell) return;
    const [place, other] = this.placesOf(cell);
    const [head, ...lines] = this.body.rows;
    head.cells[other + 1].classList.add('mv-lit');
    for (const each of lines[place].cells) each.classList.add('mv-lit');
    for (const line of lines) line.cells[other + 1].classList.add('mv-lit');
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const at = placeOf(event);
    const {key} = event;
    if (!at || event.ctrlKey || event.metaKey || event.altKey) return;
    const {kinds} = this.data;
    const number = Number(key);
    if (STEPS[key]) this.step(at, STEPS[key]);
    else if (key === 'Enter' || key === ' ') this.next(at);
    else if (number >= 1 && number <= kinds.length) this.mark(at, kinds[number - 1]);
    else if (key === 'Backspace' || key === 'Delete' || key === '0') this.mark(at, null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * The next cell in that direction; over the diagonal.
   * @param {string} at
   * @param {[down: number, right: number]} way
   */
  step(at, [down, right]) {
    const {rows} = this.data;
    const cell = this.cells.get(at);
    if (!cell) return;
    const [row, column] = this.placesOf(cell);
    let [line, place] = [row + down, column + right];
    if (line === place) [line, place] = [line + down, place + right];
    const next = this.cellAt(`${rows[line]?.id}/${rows[place]?.id}`);
    next?.focus({preventScroll: true});
    next?.scrollIntoView({block: 'nearest', inline: 'nearest'});
  }
}

/**
 * The cell in which something happened.
 * @param {Event} event
 */
function placeOf(event) {
  return around(event, '[data-at]')?.dataset.at;
}

/** @param {Component<Data>} component */
export default function ({data, parentElement, setTriggerValue}) {
  return living(
    parentElement,
    'matrix',
    (element) => new Matrix(element),
    (matrix) => matrix.update(data, setTriggerValue),
  );
}
