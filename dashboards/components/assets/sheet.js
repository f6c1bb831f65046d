// A decision table that several people write in at once. Click a cell or press Enter: write; leaving keeps it.

import {CellEditor} from './cell_editor.js';
import {newId} from './composer.js';
import {fill, living, make} from './dom.js';
import {Outbox, foreseen} from './outbox.js';
import {decision, face} from './sheet_cells.js';

const STORY = '/incident';
const nothing = {knew: [], texts: []};

class Sheet {
  constructor(parent) {
    this.story = make('div', {class: 'mv-story'});
    this.heads = make('div', {class: 'mv-heads', role: 'row'});
    this.body = make('div', {class: 'mv-decisions', role: 'table', 'aria-label': 'Decisions'});
    this.foot = make('div', {class: 'mv-sheet-foot'});
    this.root = make('div', {class: 'mv-root mv-sheet'}, this.story, this.body, this.foot);
    parent.append(this.root);
    this.drawn = new Map();
    this.editor = new CellEditor(this.root, {
      kept: (place, text, knew) => this.kept(place, text, knew), gaveUp: (place, on_purpose) => this.gaveUp(place, on_purpose),
      typed: (place, draft) => this.outbox.setDraft(place.at, draft), went: (place, steps) => this.go(place, steps),
    });
    this.sizes = new ResizeObserver(() => this.editor.isOpen && this.editor.follow(this.at(this.editor.place.at)));
    this.sizes.observe(this.body);
    this.root.addEventListener('pointerdown', () => { this.pressed = true; }, true);
    this.released = () => setTimeout(() => this.release());
    for (const kind of ['pointerup', 'pointercancel']) document.addEventListener(kind, this.released, true);
  }

  update(data, sendTrigger) {
    this.data = data;
    this.link = (row) => sendTrigger('link', {id: newId(), row});
    this.outbox ??= new Outbox(data.key);
    this.outbox.update(data.answers, (items) => sendTrigger('wrote', items));
    this.draw();
  }

  dispose() {
    this.sizes.disconnect();
    for (const kind of ['pointerup', 'pointercancel']) document.removeEventListener(kind, this.released, true);
    this.outbox?.dispose();
    this.root.remove();
  }

  at(at) {
    return this.root.querySelector(`[data-at="${CSS.escape(at)}"]`);
  }

  /** A click that was begun ends where it began: nothing is drawn anew under it. */
  release() {
    if (!this.pressed) return;
    this.pressed = false;
    if (this.data) this.draw();
  }

  /** Only what has changed is drawn anew; what has the focus gets it back. */
  draw() {
    const {columns, incident, writable} = this.data;
    this.seen = foreseen(this.data, this.outbox.entries);
    if (this.pressed) return;
    const focused = document.activeElement?.closest?.('[data-at]')?.dataset.at;
    this.part('story', [this.seen.incident, this.begun(STORY), writable], () => fill(this.story, this.storyParts(incident)));
    this.part('heads', columns, () => fill(this.heads, columns.slice(1).map((each) => make('div', {role: 'columnheader', text: each.title}))));
    const rows = this.seen.rows.map((row, number) => this.row(row, number));
    const wanted = [this.heads, ...rows];
    if (wanted.some((node, place) => this.body.children[place] !== node) || this.body.childElementCount !== wanted.length) this.body.replaceChildren(...wanted);
    this.body.classList.toggle('mv-bare', !rows.length);
    this.part('foot', [this.data.removed, writable, rows.length, this.lost(), this.outbox.troubles.get('')], () => fill(this.foot, this.footParts()));
    if (focused && !this.editor.isOpen && !this.at(focused)?.contains(document.activeElement)) this.focus(focused);
    if (this.editor.isOpen) {
      this.editor.follow(this.at(this.editor.place.at));
      this.editor.hear(this.cell(this.editor.place.row, this.editor.place.field));
    }
  }

  part(name, state, draw) {
    const now = JSON.stringify(state);
    if (this.drawn.get(name)?.state === now) return this.drawn.get(name).node;
    const node = draw();
    this.drawn.set(name, {state: now, node});
    return node;
  }

  row(row, number) {
    const {columns, writable} = this.data, last = number === this.seen.rows.length - 1;
    const begun = columns.map((each) => this.begun(`${row.id}/${each.field}`));
    return this.part(row.id, [row, begun, number, last, writable], () => decision(row, number + 1, {columns, writable, first: number === 0, last},
      (column) => face(row.cells[column.field] ?? nothing, column, this.acts(this.place(row.id, column))), {
        writable, link: () => this.link(row.id), unlink: (id) => this.outbox.add([{does: 'unlinked', id, row: row.id}]),
        move: (steps) => this.move(row.id, steps),
        remove: () => this.change([{does: 'row-removed', row: row.id}]),
      }));
  }

  storyParts({title, field, probes}) {
    const acts = this.acts(this.place(null, {title, field, probes}));
    return [make('div', {class: 'mv-label-of', text: title}), make('div', {class: 'mv-cell mv-cell-incident', 'data-at': STORY}, face(this.seen.incident, {title, probes}, acts))];
  }

  footParts() {
    const {removed, writable, columns} = this.data, fresh = newId();
    const add = writable && make('div', {class: 'mv-fresh', 'data-at': `${fresh}/decision`}, make('button', {type: 'button', class: 'mv-add',
      text: this.seen.rows.length ? '+ Another decision' : '+ The first decision', onclick: () => this.write({...this.place(fresh, columns[0]), adds: true})}));
    const gone = removed.length && make('details', {class: 'mv-removed'}, make('summary', {text: removed.length === 1 ? '1 removed decision' : `${removed.length} removed decisions`}),
      removed.map((each) => make('div', {class: 'mv-gone'}, make('span', {class: 'mv-words', text: each.says || 'A decision without words yet'}),
        make('span', {class: 'mv-who', text: each.by ? `removed by ${each.by}` : ''}),
        writable && make('button', {type: 'button', class: 'mv-quiet', text: 'Restore', onclick: () => this.change([{does: 'row-restored', row: each.id}])}))));
    const lost = this.lost().map((draft) => make('div', {class: 'mv-gone'}, make('span', {class: 'mv-words', text: draft.text}), make('span', {class: 'mv-who', text: 'begun, and not kept yet'}),
      make('button', {type: 'button', class: 'mv-quiet', text: 'Go on writing', onclick: () => this.write(draft.place)})));
    const trouble = this.outbox.troubles.get('');
    const hint = !this.seen.rows.length && make('p', {class: 'mv-hint', text: 'A row for each point at which somebody could have gone another way.'});
    return [trouble && make('div', {class: 'mv-status mv-trouble', role: 'status', text: trouble}), ...lost, hint, add, gone];
  }

  /** Drafts of cells that are not on the page: of a row that was begun, or that somebody removed. */
  lost() {
    return [...this.outbox.drafts.values()].filter((draft) => draft.at !== STORY && !this.editor?.isAt(draft.at)
      && !this.seen.rows.some((row) => row.id === draft.place.row));
  }

  begun(at) {
    return this.editor.isAt(at) ? null : [this.outbox.draft(at), this.outbox.troubles.get(at)];
  }

  place(row, {field, title, probes}) {
    return {at: `${row ?? ''}/${field}`, row, field, title, probes};
  }

  cell(row, field) {
    if (row === null) return this.seen.incident;
    return this.seen.rows.find((each) => each.id === row)?.cells[field] ?? nothing;
  }

  acts(place) {
    return {
      writable: this.data.writable, draft: this.editor.isAt(place.at) ? null : this.outbox.draft(place.at), trouble: this.outbox.troubles.get(place.at),
      write: () => this.write(place), join: () => this.write(place), key: (event) => this.key(event, place),
      settle: (text) => this.kept(place, text, this.cell(place.row, place.field).knew),
    };
  }

  /** Open a cell: with the words one had begun there, else with all that stands in it. */
  write(place) {
    if (this.editor.isOpen) this.editor.keep();
    const cell = this.cell(place.row, place.field), draft = this.outbox.draft(place.at);
    const text = cell.texts.map((each) => each.text).join('\n');
    const base = cell.texts.length > 1 ? '' : text;
    this.editor.open(place, {text: draft?.text ?? text, knew: draft?.knew ?? cell.knew, base: draft?.base ?? base, trouble: this.outbox.troubles.get(place.at)},
      this.at(place.at) ?? this.foot.querySelector('.mv-fresh'));
    this.draw();
  }

  kept(place, text, knew) {
    const {at, row, field, adds} = place;
    this.outbox.setDraft(at, null);
    const makes = adds && !this.seen.rows.some((each) => each.id === row) ? [{does: 'row-added', row}] : [];
    if (text || !adds) this.outbox.add([...makes, {does: 'wrote', id: newId(), row, field, text, knew}], {at, place, text, knew: [...knew], base: ''});
    this.draw();
  }

  gaveUp({at}, on_purpose = false) {
    this.outbox.setDraft(at, null);
    this.outbox.troubles.delete(at);
    this.draw();
    if (on_purpose) this.focus(at);
  }

  change(entries) {
    this.outbox.add(entries);
    this.draw();
  }

  move(row, steps) {
    const ids = this.seen.rows.map((each) => each.id), here = ids.indexOf(row);
    const before = steps < 0 ? ids[here - 1] : ids[here + 2];
    this.outbox.add([{does: 'row-moved', row, before: before ?? null}]);
  }

  focus(at) {
    const cell = this.at(at) ?? this.foot.querySelector('.mv-fresh');
    (cell?.querySelector('.mv-face') ?? cell?.querySelector('button'))?.focus({preventScroll: true});
  }

  key(event, place) {
    const {target, currentTarget, key} = event;
    if (target !== currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === 'Enter' || key === 'F2') {
      event.preventDefault();
      this.write(place);
    } else if (key === 'ArrowLeft' || key === 'ArrowRight') {
      event.preventDefault();
      event.stopPropagation();
      const next = this.beside(place, key === 'ArrowRight' ? 1 : -1);
      if (next) this.focus(next.at);
    }
  }

  /** The cell so many cells further on, in reading order; none before the first and after the last. */
  beside({row, field}, steps) {
    const {columns, incident} = this.data;
    const all = [this.place(null, incident), ...this.seen.rows.flatMap((each) => columns.map((column) => this.place(each.id, column)))];
    return all[all.findIndex((each) => each.row === row && each.field === field) + steps];
  }

  go(place, steps) {
    const next = steps ? this.beside(place, steps) : place;
    if (steps && next) this.write(next);
    else this.focus(next?.at ?? '');
  }
}

export default function ({data, parentElement, setTriggerValue}) {
  return living(parentElement, 'sheet', (element) => new Sheet(element), (sheet) => sheet.update(data, setTriggerValue));
}
