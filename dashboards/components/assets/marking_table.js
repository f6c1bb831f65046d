// A table on whose rows people mark what they notice: click a row (or Enter), type, Enter.
// All rows are here; a window of them is in the page.

import {Composer} from './composer.js';
import {fill, living, make} from './dom.js';
import {dots, matches} from './row_marks.js';
import {draw, compare, says} from './table_cells.js';
import {unpack} from './unpack.js';

const FILTER_FROM = 12, COLUMNS = 8, CHUNK = 200;
const HEADS = ['name', 'route', 'upstream', 'alert', 'alertname', 'instance', 'client'];   // what a row is called by

class MarkingTable {
  constructor(parent) {
    this.head = make('thead');
    this.body = make('tbody', {onclick: (event) => this.clicked(event), onkeydown: (event) => this.key(event)});
    this.caption = make('caption', {class: 'mv-unseen'});
    this.table = make('table', {class: 'mv-table'}, this.caption, this.head, this.body);
    this.scroller = make('div', {class: 'mv-scroll', onscroll: () => this.scrolled()}, this.table);
    this.filter = make('input', {type: 'search', class: 'mv-filter', placeholder: 'Filter', oninput: () => this.filtered()});
    this.wide = make('button', {type: 'button', class: 'mv-quiet', onclick: () => this.widen()});
    this.tools = make('div', {class: 'mv-tools'}, this.filter, this.wide);
    this.more = make('button', {type: 'button', class: 'mv-more', onclick: () => this.showAll()});
    this.note = make('span', {class: 'mv-note'});
    this.live = make('div', {class: 'mv-unseen', 'aria-live': 'polite'});
    this.foot = make('div', {class: 'mv-foot'}, this.more, this.note);
    this.root = make('div', {class: 'mv-root mv-rows'}, this.tools, this.scroller, this.foot, this.live);
    parent.append(this.root);
    this.composer = new Composer(this.root, (saved, focused) => this.closed(focused));
    this.sort = null;
    this.all = false;
    this.open = false;
  }

  async update(data, sendTrigger) {
    const arrived = data.rows !== this.packed;
    this.data = data;
    this.composer.update(data, (written) => sendTrigger('mark', written));
    if (arrived) {
      const {cells, anchors} = await unpack(data.rows);
      this.packed = data.rows;
      this.rows = anchors.map((anchor, index) => ({index, anchor, cells: cells.map((column) => column[index])}));
      this.limit = Math.min(data.first, this.rows.length);
      this.focus = 0;
      this.arrange();
    }
    this.caption.textContent = data.label;
    this.filter.setAttribute('aria-label', `Filter ${data.label}`.trim());
    this.filter.hidden = this.rows.length <= FILTER_FROM;
    this.render();
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
    this.kept = wanted ? this.rows.filter((row) => {
      const text = row.cells.map((value, place) => says(value, this.data.columns[place], this.data)).join('\n').toLowerCase();
      return words.every((word) => text.includes(word));
    }) : [...this.rows];
    if (this.sort) {
      const {place, down} = this.sort;
      this.kept.sort((one, other) => compare(one.cells[place], other.cells[place], down) || one.index - other.index);
    }
  }

  filtered() {
    this.limit = this.all ? CHUNK : this.data.first;
    this.focus = 0;
    this.arrange();
    this.render();
    this.live.textContent = `${this.kept.length} of ${this.rows.length} rows`;
  }

  sortBy(place) {
    const numbers = !['text', 'badge', 'pattern'].includes(this.data.columns[place].shape);
    if (this.sort?.place !== place) this.sort = {place, down: numbers};
    else if (this.sort.down === numbers) this.sort = {place, down: !numbers};
    else this.sort = null;
    this.arrange();
    this.render();
    this.live.textContent = this.sort ? `sorted by ${this.data.columns[place].title}, ${this.sort.down ? 'highest first' : 'lowest first'}` : 'in the order it came';
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
    fill(this.head, make('tr', {}, make('th', {scope: 'col', class: 'mv-gutter'}, make('span', {class: 'mv-unseen', text: 'Notices'})),
      columns.map((column, place) => this.header(column, place))));
    const shown = this.kept.slice(0, this.limit);
    const focused = this.body.contains(document.activeElement);
    fill(this.body, shown.length ? shown.map((row, index) => this.row(row, index)) : this.nothing());
    if (focused) this.body.children[this.focus]?.focus({preventScroll: true});
    this.scroller.classList.toggle('mv-tall', this.all);
    this.head.classList.toggle('mv-unseen', columns.every(({title}) => !title));
    const hidden = data.columns.length - COLUMNS;
    this.wide.hidden = hidden <= 1;
    this.wide.textContent = this.open ? 'Fewer columns' : `${hidden} more columns`;
    this.tools.hidden = this.filter.hidden && this.wide.hidden;
    this.more.hidden = this.kept.length <= data.first;
    this.more.textContent = this.all ? `Show the first ${data.first}` : `Show all ${this.kept.length.toLocaleString('en')}`;
    const missing = data.total - this.rows.length;
    this.note.textContent = missing > 0 ? `${missing.toLocaleString('en')} more were gathered than a page can hold` : '';
    this.foot.hidden = this.more.hidden && !this.note.textContent;
  }

  header(column, place) {
    const sorted = this.sort?.place === place ? (this.sort.down ? 'descending' : 'ascending') : 'none';
    return make('th', {scope: 'col', 'aria-sort': sorted, class: `mv-${column.shape}`},
      make('button', {type: 'button', class: 'mv-head', onclick: () => this.sortBy(place)}, make('span', {text: column.title}), make('i', {'aria-hidden': 'true'})));
  }

  row(row, index) {
    const marks = this.data.marks.filter((mark) => matches(mark.anchor, row.anchor));
    const node = make('tr', {tabindex: index === this.focus ? 0 : -1, class: [marks.length && 'mv-marked', row === this.marking && 'mv-marking'].filter(Boolean).join(' ')},
      make('td', {class: 'mv-gutter'}, dots(marks)), this.columns.map((column, place) => draw(row.cells[place], column, this.data, place === this.named)));
    node.row = row;
    return node;
  }

  get named() {
    const names = this.data.columns.map((column) => column.name);
    return Math.max(0, names.indexOf(HEADS.find((head) => names.includes(head))));
  }

  nothing() {
    const said = this.rows.length ? 'Nothing fits the filter.' : 'Nothing here, and that was the answer.';
    return [make('tr', {class: 'mv-nothing'}, make('td', {colspan: this.columns.length + 1, text: said}))];
  }

  // --- marking

  clicked(event) {
    const node = event.target.closest('tr');
    if (!node?.row || event.target.closest('button') || String(getSelection())) return;
    this.compose(node);
  }

  key(event) {
    const node = event.target.closest('tr');
    if (!node?.row || event.target !== node) return;
    const moves = {ArrowDown: node.nextElementSibling, ArrowUp: node.previousElementSibling, Home: this.body.firstElementChild, End: this.body.lastElementChild};
    if (event.key in moves) this.moveTo(moves[event.key]);
    else if (event.key === 'Enter') this.compose(node);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  moveTo(node) {
    if (!node) return;
    this.body.children[this.focus]?.setAttribute('tabindex', -1);
    this.focus = [...this.body.children].indexOf(node);
    node.setAttribute('tabindex', 0);
    node.focus();
  }

  compose(node) {
    if (!this.data.writable || this.composer.pending) return;
    this.moveTo(node);
    this.marking = node.row;
    this.body.querySelector('.mv-marking')?.classList.remove('mv-marking');
    node.classList.add('mv-marking');
    const [at, box] = [node.getBoundingClientRect(), this.root.getBoundingClientRect()];
    this.composer.open({anchor: node.row.anchor, where: this.whereOf(node.row), left: 215, top: at.bottom - box.top + 4});
  }

  whereOf({anchor, cells}) {
    if (anchor.at === 'pattern') return anchor.pattern;
    if (anchor.at === 'stretch') return `${cells[0]}, ${cells[1]?.text ?? 'no data'}`;
    return Object.values(anchor.key).filter(Boolean).join(' / ');
  }

  closed(focused) {
    this.marking = null;
    const node = this.body.querySelector('.mv-marking');
    node?.classList.remove('mv-marking');
    if (focused) (node ?? this.body.children[this.focus])?.focus({preventScroll: true});
  }
}

export default function ({data, parentElement, setTriggerValue}) {
  return living(parentElement, 'table', (element) => new MarkingTable(element), (table) => table.update(data, setTriggerValue));
}
