// A table on whose rows people mark what they notice: click a row (or Enter), type, Enter.
// All rows are here; a window of them is in the page.

/**
 * @import {Writable} from '../browser/composer.js'
 * @import {RowAnchor, RowMark} from '../browser/row_marks.js'
 * @import {Component, Send} from '../browser/streamlit.js'
 * @import {Column, Reading, Value} from './cells.js'
 */

import {Composer} from '../browser/composer.js';
import {around, fill, living, make, placeAmong} from '../browser/dom.js';
import {dots, isThere, matches} from '../browser/row_marks.js';
import {compare, draw, says} from './cells.js';
import {unpack} from './unpack.js';

/**
 * `rows` are packed (see `unpack`): cells column by column, and what a notice on each row hangs on. `first` of them
 * are shown to begin with; of `total` rows not all were sent.
 * @typedef {object} Table
 * @property {string} rows
 * @property {Column[]} columns
 * @property {number} first
 * @property {number} total
 * @property {string} label
 * @property {RowMark[]} marks
 *
 * @typedef {Table & Reading & Writable} Data
 */

/** @typedef {{index: number, anchor: RowAnchor, cells: Value[]}} Row */

const FILTER_FROM = 12;
const COLUMNS = 8;
const CHUNK = 200;
const HEADS = ['name', 'route', 'upstream', 'alert', 'alertname', 'instance', 'client']; // what a row is called by

class MarkingTable {
  /** @type {Data} */
  data;
  /** @type {string | undefined} */
  packed;
  /** @type {Row[]} */
  rows = [];
  /** @type {Row[]} */
  kept = []; // by the filter, in the order that was asked for
  /** @type {{place: number, down: boolean} | null} */
  sort = null;
  /** @type {Row | null} */
  marking = null;
  /** @type {WeakMap<Element, Row>} */
  drawn = new WeakMap();
  limit = 0; // rows in the page
  focus = 0;
  all = false;
  open = false;

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.head = make('thead');
    this.body = make('tbody', {onclick: (event) => this.clicked(event), onkeydown: (event) => this.key(event)});
    this.caption = make('caption', {class: 'mv-unseen'});
    this.table = make('table', {class: 'mv-table'}, this.caption, this.head, this.body);
    this.scroller = make('div', {class: 'mv-scroll', onscroll: () => this.scrolled()}, this.table);
    this.filter = make('input', {
      type: 'search',
      class: 'mv-filter',
      placeholder: 'Filter',
      oninput: () => this.filtered(),
    });
    this.wide = make('button', {type: 'button', class: 'mv-quiet', onclick: () => this.widen()});
    this.tools = make('div', {class: 'mv-tools'}, this.filter, this.wide);
    this.more = make('button', {type: 'button', class: 'mv-more', onclick: () => this.showAll()});
    this.note = make('span', {class: 'mv-note'});
    this.live = make('div', {class: 'mv-unseen', 'aria-live': 'polite'});
    this.foot = make('div', {class: 'mv-foot'}, this.more, this.note);
    this.root = make('div', {class: 'mv-root mv-rows'}, this.tools, this.scroller, this.foot, this.live);
    parent.append(this.root);
    this.composer = new Composer(
      this.root,
      (anchor) => this.placeOf(anchor),
      (_saved, focused) => this.closed(focused),
    );
  }

  /**
   * @param {Data} data
   * @param {Send} sendTrigger
   */
  async update(data, sendTrigger) {
    const arrived = data.rows !== this.packed;
    this.data = data;
    this.composer.update(data, sendTrigger);
    if (arrived) {
      this.rows = rowsOf(await unpack(data.rows));
      this.packed = data.rows;
      this.limit = Math.min(data.first, this.rows.length);
      this.focus = 0;
      this.arrange();
    }
    this.caption.textContent = data.label;
    this.filter.setAttribute('aria-label', `Filter ${data.label}`.trim());
    this.filter.hidden = this.rows.length <= FILTER_FROM;
    this.render();
    this.composer.comeBack();
  }

  dispose() {
    this.composer.dispose();
    this.root.remove();
  }

  get columns() {
    const {columns} = this.data;
    return this.open || columns.length <= COLUMNS + 1 ? columns : columns.slice(0, COLUMNS);
  }

  // --- which rows, in which order

  arrange() {
    const wanted = this.filter.value.trim().toLowerCase();
    const words = wanted.split(/\s+/);
    this.kept = wanted ? this.rows.filter((row) => this.fits(row, words)) : [...this.rows];
    if (this.sort) {
      const {place, down} = this.sort;
      this.kept.sort(
        (one, other) => compare(one.cells[place], other.cells[place], down) || one.index - other.index,
      );
    }
  }

  /**
   * @param {Row} row
   * @param {string[]} words
   */
  fits({cells}, words) {
    const said = cells.map((value, place) => says(value, this.data.columns[place], this.data));
    const text = said.join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  }

  filtered() {
    this.limit = this.all ? CHUNK : this.data.first;
    this.focus = 0;
    this.arrange();
    this.render();
    this.live.textContent = `${this.kept.length} of ${this.rows.length} rows`;
  }

  /** @param {number} place */
  sortBy(place) {
    const numbers = !['text', 'badge', 'pattern'].includes(this.data.columns[place].shape);
    if (this.sort?.place !== place) this.sort = {place, down: numbers};
    else if (this.sort.down === numbers) this.sort = {place, down: !numbers};
    else this.sort = null;
    this.arrange();
    this.render();
    this.live.textContent = this.sort
      ? `sorted by ${this.data.columns[place].title}, ${this.sort.down ? 'highest first' : 'lowest first'}`
      : 'in the original order';
  }

  showAll() {
    this.all = !this.all;
    this.limit = this.all ? CHUNK : this.data.first;
    this.render();
    if (!this.all) this.scroller.scrollTop = 0;
  }

  scrolled() {
    const {scrollTop, clientHeight, scrollHeight} = this.scroller;
    if (this.all && this.limit < this.kept.length && scrollTop + clientHeight > scrollHeight - 600) {
      const before = this.limit;
      this.limit = Math.min(this.limit + CHUNK, this.kept.length);
      this.body.append(...this.kept.slice(before, this.limit).map((row, index) => this.row(row, before + index)));
    }
  }

  widen() {
    this.open = !this.open;
    this.render();
  }

  // --- drawing

  render() {
    const {columns, data} = this;
    fill(
      this.head,
      make(
        'tr',
        {},
        make('th', {scope: 'col', class: 'mv-gutter'}, make('span', {class: 'mv-unseen', text: 'Notices'})),
        columns.map((column, place) => this.header(column, place)),
      ),
    );
    const shown = this.kept.slice(0, this.limit);
    const focused = this.body.contains(document.activeElement);
    fill(this.body, shown.length ? shown.map((row, index) => this.row(row, index)) : this.nothing());
    if (focused) this.body.rows[this.focus]?.focus({preventScroll: true});
    this.scroller.classList.toggle('mv-tall', this.all);
    const empty = !this.rows.length;
    this.head.classList.toggle('mv-unseen', empty || columns.every(({title}) => !title));
    const hidden = data.columns.length - COLUMNS;
    this.wide.hidden = empty || hidden <= 1;
    this.wide.textContent = this.open ? 'Fewer columns' : `${hidden} more columns`;
    this.tools.hidden = this.filter.hidden && this.wide.hidden;
    this.more.hidden = this.kept.length <= data.first;
    this.more.textContent = this.all
      ? `Show the first ${data.first}`
      : `Show all ${this.kept.length.toLocaleString('en')}`;
    const missing = data.total - this.rows.length;
    this.note.textContent =
      missing > 0 ? `${missing.toLocaleString('en')} more were gathered than fit on a page` : '';
    this.foot.hidden = this.more.hidden && !this.note.textContent;
  }

  /**
   * @param {Column} column
   * @param {number} place
   */
  header(column, place) {
    const way = this.sort?.down ? 'descending' : 'ascending';
    const sorted = this.sort?.place === place ? way : 'none';
    return make(
      'th',
      {scope: 'col', 'aria-sort': sorted, class: `mv-${column.shape}`},
      make(
        'button',
        {type: 'button', class: 'mv-head', onclick: () => this.sortBy(place)},
        make('span', {text: column.title}),
        make('i', {'aria-hidden': 'true'}),
      ),
    );
  }

  /**
   * @param {Row} row
   * @param {number} index
   */
  row(row, index) {
    const marks = this.data.marks.filter((mark) => matches(mark.anchor, row.anchor));
    const node = make(
      'tr',
      {
        tabindex: index === this.focus ? 0 : -1,
        class: [marks.length && 'mv-marked', row === this.marking && 'mv-marking'].filter(Boolean).join(' '),
      },
      make('td', {class: 'mv-gutter'}, dots(marks)),
      this.columns.map((column, place) => draw(row.cells[place], column, this.data, place === this.named)),
    );
    this.drawn.set(node, row);
    return node;
  }

  get named() {
    const names = this.data.columns.map((column) => column.name);
    return Math.max(0, names.indexOf(HEADS.find((head) => names.includes(head)) ?? ''));
  }

  nothing() {
    const said = this.rows.length ? 'Nothing matches the filter.' : 'Nothing to show: the answer was empty.';
    return [make('tr', {class: 'mv-nothing'}, make('td', {colspan: this.columns.length + 1, text: said}))];
  }

  // --- marking

  /** @param {MouseEvent} event */
  clicked(event) {
    const node = around(event, 'tr');
    if (!node || around(event, 'button') || String(getSelection())) return;
    this.compose(node);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const node = around(event, 'tr');
    if (!node || !this.drawn.has(node) || event.target !== node) return;
    const rows = [...this.body.rows];
    const here = placeAmong(rows, node);
    /** @type {Record<string, HTMLElement | undefined>} */
    const moves = {
      ArrowDown: rows[here + 1],
      ArrowUp: rows[here - 1],
      Home: rows[0],
      End: rows[rows.length - 1],
    };
    if (event.key in moves) this.moveTo(moves[event.key]);
    else if (event.key === 'Enter') this.compose(node);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {HTMLElement | undefined} node */
  moveTo(node) {
    if (!node) return;
    this.body.rows[this.focus]?.setAttribute('tabindex', '-1');
    this.focus = placeAmong(this.body.rows, node);
    node.setAttribute('tabindex', '0');
    node.focus();
  }

  /** @param {HTMLElement} node */
  compose(node) {
    const row = this.drawn.get(node);
    if (!row || !this.data.writable || this.composer.isBusy) return;
    this.moveTo(node);
    this.composer.open(this.beneath(node, row));
  }

  /**
   * The row is brought into the page where it is not there yet; null where it is not among those that are kept.
   * @param {RowAnchor} anchor
   */
  placeOf(anchor) {
    const place = this.kept.findIndex((row) => isThere(row.anchor, anchor));
    if (place < 0) return null;
    if (place >= this.limit) {
      this.all = true;
      this.limit = place + 1;
      this.render();
    }
    return this.beneath(this.body.rows[place], this.kept[place]);
  }

  /**
   * @param {HTMLElement} node
   * @param {Row} row
   */
  beneath(node, row) {
    this.marking = row;
    this.body.querySelector('.mv-marking')?.classList.remove('mv-marking');
    node.classList.add('mv-marking');
    const [at, box] = [node.getBoundingClientRect(), this.root.getBoundingClientRect()];
    return {anchor: row.anchor, where: this.whereOf(row), left: 215, top: at.bottom - box.top + 4};
  }

  /** @param {Row} row */
  whereOf({anchor, cells}) {
    if (anchor.at === 'pattern') return anchor.pattern;
    if (anchor.at === 'stretch')
      return `${cells[0]}, ${says(cells[1], this.data.columns[1], this.data) || 'no data'}`;
    return Object.values(anchor.key).filter(Boolean).join(' / ');
  }

  /** @param {boolean} focused */
  closed(focused) {
    this.marking = null;
    const node = [...this.body.rows].find((each) => each.classList.contains('mv-marking'));
    node?.classList.remove('mv-marking');
    if (focused) (node ?? this.body.rows[this.focus])?.focus({preventScroll: true});
  }
}

/**
 * @param {{cells: Value[][], anchors: RowAnchor[]}} packed
 * @returns {Row[]}
 */
function rowsOf({cells, anchors}) {
  return anchors.map((anchor, index) => ({index, anchor, cells: cells.map((column) => column[index])}));
}

/** @param {Component<Data>} component */
export default function ({data, parentElement, setTriggerValue}) {
  return living(
    parentElement,
    'table',
    (element) => new MarkingTable(element),
    (table) => table.update(data, setTriggerValue),
  );
}
