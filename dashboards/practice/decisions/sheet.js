// A decision table that several people write in at once. Click a cell or press Enter: write; leaving keeps it.

/**
 * @import {Draft, Place} from './cell_editor.js'
 * @import {Child} from '../../components/browser/dom.js'
 * @import {Answers} from '../../components/browser/outbox.js'
 * @import {Acts, Column} from './sheet_cells.js'
 * @import {Cell, Entry, Row} from './sheet_foreseen.js'
 * @import {Component, Send} from '../../components/browser/streamlit.js'
 */

import {fill, living, make} from '../../components/browser/dom.js';
import {newId} from '../../components/browser/ids.js';
import {Outbox} from '../../components/browser/outbox.js';
import {CellEditor} from './cell_editor.js';
import {decision, face} from './sheet_cells.js';
import {EMPTY, foreseen} from './sheet_foreseen.js';

/**
 * `columns` are those of a decision, the one that names it first; `incident` is the story above them all.
 * @typedef {object} Data
 * @property {string} key
 * @property {string} me
 * @property {boolean} writable
 * @property {Column[]} columns
 * @property {Column & {cell: Cell}} incident
 * @property {Row[]} rows
 * @property {{id: string, says: string, by: string}[]} removed
 * @property {Answers} answers
 */

const STORY = '/incident';

class Sheet {
  /** @type {Data} */
  data;
  /** @type {Outbox<Entry, Draft>} */
  outbox;
  /** @type {(row: string) => void} */
  link;
  /** @type {{rows: Row[], incident: Cell}} */
  seen;
  /** @type {Map<string, {state: string, node: HTMLElement}>} */
  drawn = new Map();
  pressed = false;

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.story = make('div', {class: 'mv-story'});
    this.heads = make('div', {class: 'mv-heads', role: 'row'});
    this.body = make('div', {class: 'mv-decisions', role: 'table', 'aria-label': 'Decisions'});
    this.foot = make('div', {class: 'mv-sheet-foot'});
    this.root = make('div', {class: 'mv-root mv-sheet'}, this.story, this.body, this.foot);
    parent.append(this.root);
    this.editor = new CellEditor(this.root, {
      kept: (place, text, knew) => this.kept(place, text, knew),
      gaveUp: (place, on_purpose) => this.gaveUp(place, on_purpose),
      typed: (place, draft) => this.outbox.setDraft(place.at, draft),
      went: (place, steps) => this.go(place, steps),
    });
    this.sizes = new ResizeObserver(() => this.editor.isOpen && this.editor.follow(this.at(this.editor.place.at)));
    this.sizes.observe(this.body);
    this.root.addEventListener(
      'pointerdown',
      () => {
        this.pressed = true;
      },
      true,
    );
    this.released = () => setTimeout(() => this.release());
    for (const kind of ['pointerup', 'pointercancel']) document.addEventListener(kind, this.released, true);
  }

  /**
   * @param {Data} data
   * @param {Send} sendTrigger
   */
  update(data, sendTrigger) {
    this.data = data;
    this.link = (row) => sendTrigger('link', {id: newId(), row});
    this.outbox ??= new Outbox(data.key);
    this.outbox.update(
      data.answers,
      (items) => sendTrigger('wrote', items),
      () => this.update(this.data, sendTrigger),
    );
    this.draw();
  }

  dispose() {
    this.sizes.disconnect();
    for (const kind of ['pointerup', 'pointercancel']) document.removeEventListener(kind, this.released, true);
    this.outbox?.dispose();
    this.root.remove();
  }

  /**
   * @param {string} at
   * @returns {HTMLElement | null}
   */
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
    this.seen = foreseen({...this.data, incident: incident.cell}, this.outbox.entries);
    if (this.pressed) return;
    const focused = document.activeElement?.closest('[data-at]')?.getAttribute('data-at');
    this.part('story', [this.seen.incident, this.begun(STORY), writable], () =>
      refilled(this.story, this.storyParts(incident)),
    );
    this.part('heads', columns, () =>
      refilled(
        this.heads,
        columns.slice(1).map((each) => make('div', {role: 'columnheader', text: each.title})),
      ),
    );
    const rows = this.seen.rows.map((row, number) => this.row(row, number));
    const wanted = [this.heads, ...rows];
    if (
      wanted.some((node, place) => this.body.children[place] !== node) ||
      this.body.childElementCount !== wanted.length
    )
      this.body.replaceChildren(...wanted);
    this.body.classList.toggle('mv-bare', !rows.length);
    this.part('foot', [this.data.removed, writable, rows.length, this.lost(), this.outbox.troubles.get('')], () =>
      refilled(this.foot, this.footParts()),
    );
    if (focused && !this.editor.isOpen && !this.at(focused)?.contains(document.activeElement)) this.focus(focused);
    if (this.editor.isOpen) {
      this.editor.follow(this.at(this.editor.place.at));
      this.editor.hear(this.cell(this.editor.place.row, this.editor.place.field));
    }
  }

  /**
   * A part of the page: as it is, unless its state is another one.
   * @param {string} name
   * @param {unknown} state
   * @param {() => HTMLElement} draw
   */
  part(name, state, draw) {
    const now = JSON.stringify(state);
    const known = this.drawn.get(name);
    if (known?.state === now) return known.node;
    const node = draw();
    this.drawn.set(name, {state: now, node});
    return node;
  }

  /**
   * @param {Row} row
   * @param {number} number
   */
  row(row, number) {
    const {columns, writable} = this.data;
    const last = number === this.seen.rows.length - 1;
    const begun = columns.map((each) => this.begun(`${row.id}/${each.field}`));
    return this.part(row.id, [row, begun, number, last, writable], () =>
      decision(
        row,
        number + 1,
        {columns, writable, first: number === 0, last},
        (column) => face(row.cells[column.field] ?? EMPTY, column, this.acts(this.place(row.id, column))),
        {
          writable,
          link: () => this.link(row.id),
          unlink: (id) => this.outbox.add([{type: 'unlinked', id, row: row.id}]),
          move: (steps) => this.move(row.id, steps),
          remove: () => this.change([{type: 'row-removed', row: row.id}]),
        },
      ),
    );
  }

  /** @param {Column} column */
  storyParts({title, field, probes}) {
    const acts = this.acts(this.place(null, {title, field, probes}));
    return [
      make('div', {class: 'mv-label-of', text: title}),
      make(
        'div',
        {class: 'mv-cell mv-cell-incident', 'data-at': STORY},
        face(this.seen.incident, {title, probes}, acts),
      ),
    ];
  }

  footParts() {
    const {removed, writable, columns} = this.data;
    const fresh = newId();
    const add =
      writable &&
      make(
        'div',
        {class: 'mv-fresh', 'data-at': `${fresh}/decision`},
        make('button', {
          type: 'button',
          class: 'mv-add',
          text: this.seen.rows.length ? '+ Another decision' : '+ The first decision',
          onclick: () => this.write({...this.place(fresh, columns[0]), adds: true}),
        }),
      );
    const gone =
      removed.length &&
      make(
        'details',
        {class: 'mv-removed'},
        make('summary', {
          text: removed.length === 1 ? '1 removed decision' : `${removed.length} removed decisions`,
        }),
        removed.map((each) =>
          make(
            'div',
            {class: 'mv-gone'},
            make('span', {class: 'mv-words', text: each.says || 'A decision without text'}),
            make('span', {class: 'mv-who', text: each.by ? `removed by ${each.by}` : ''}),
            writable &&
              make('button', {
                type: 'button',
                class: 'mv-quiet',
                text: 'Restore',
                onclick: () => this.change([{type: 'row-restored', row: each.id}]),
              }),
          ),
        ),
      );
    const lost = this.lost().map((draft) =>
      make(
        'div',
        {class: 'mv-gone'},
        make('span', {class: 'mv-words', text: draft.text}),
        make('span', {class: 'mv-who', text: 'started, not saved yet'}),
        make('button', {
          type: 'button',
          class: 'mv-quiet',
          text: 'Continue writing',
          onclick: () => this.write(draft.place),
        }),
      ),
    );
    const trouble = this.outbox.troubles.get('');
    const hint =
      !this.seen.rows.length &&
      make('p', {class: 'mv-hint', text: 'A row for each point where someone could have gone another way.'});
    return [
      trouble && make('div', {class: 'mv-status mv-trouble', role: 'status', text: trouble}),
      ...lost,
      hint,
      add,
      gone,
    ];
  }

  /** Drafts of cells that are not on the page: of a row that was begun, or that somebody removed. */
  lost() {
    return [...this.outbox.drafts.values()].filter(
      (draft) =>
        draft.at !== STORY &&
        !this.editor?.isAt(draft.at) &&
        !this.seen.rows.some((row) => row.id === draft.place.row),
    );
  }

  /** @param {string} at */
  begun(at) {
    return this.editor.isAt(at) ? null : [this.outbox.draft(at), this.outbox.troubles.get(at)];
  }

  /**
   * @param {string | null} row
   * @param {Column} column
   * @returns {Place}
   */
  place(row, {field, title, probes}) {
    return {at: `${row ?? ''}/${field}`, row, field, title, probes};
  }

  /**
   * @param {string | null} row
   * @param {string} field
   */
  cell(row, field) {
    if (row === null) return this.seen.incident;
    return this.seen.rows.find((each) => each.id === row)?.cells[field] ?? EMPTY;
  }

  /**
   * @param {Place} place
   * @returns {Acts}
   */
  acts(place) {
    return {
      writable: this.data.writable,
      draft: this.editor.isAt(place.at) ? null : this.outbox.draft(place.at),
      trouble: this.outbox.troubles.get(place.at),
      write: () => this.write(place),
      join: () => this.write(place),
      key: (event) => this.key(event, place),
      settle: (text) => this.kept(place, text, this.cell(place.row, place.field).knew),
    };
  }

  /**
   * Open a cell: with the words one had begun there, else with all that stands in it.
   * @param {Place} place
   */
  write(place) {
    if (this.editor.isOpen) this.editor.keep();
    const cell = this.cell(place.row, place.field);
    const draft = this.outbox.draft(place.at);
    const text = cell.texts.map((each) => each.text).join('\n');
    const base = cell.texts.length > 1 ? '' : text;
    this.editor.open(
      place,
      {
        text: draft?.text ?? text,
        knew: draft?.knew ?? cell.knew,
        base: draft?.base ?? base,
        trouble: this.outbox.troubles.get(place.at),
      },
      this.at(place.at) ?? this.foot.querySelector('.mv-fresh'),
    );
    this.draw();
  }

  /**
   * @param {Place} place
   * @param {string} text
   * @param {string[]} knew
   */
  kept(place, text, knew) {
    const {at, row, field, adds} = place;
    this.outbox.setDraft(at, null);
    const draft = {at, place, text, knew, base: ''};
    if (text || !adds)
      this.outbox.add([...this.making(place), {type: 'wrote', id: newId(), row, field, text, knew}], draft);
    this.draw();
  }

  /**
   * What makes the row, if writing in this place does and there is none yet.
   * @param {Place} place
   * @returns {Entry[]}
   */
  making({row, adds}) {
    const makes = adds && row !== null && !this.seen.rows.some((each) => each.id === row);
    return makes ? [{type: 'row-added', row}] : [];
  }

  /** @param {Place} place */
  gaveUp({at}, on_purpose = false) {
    this.outbox.setDraft(at, null);
    this.outbox.troubles.delete(at);
    this.draw();
    if (on_purpose) this.focus(at);
  }

  /** @param {Entry[]} entries */
  change(entries) {
    this.outbox.add(entries);
    this.draw();
  }

  /**
   * @param {string} row
   * @param {number} steps
   */
  move(row, steps) {
    const ids = this.seen.rows.map((each) => each.id);
    const here = ids.indexOf(row);
    const before = steps < 0 ? ids[here - 1] : ids[here + 2];
    this.outbox.add([{type: 'row-moved', row, before: before ?? null}]);
  }

  /** @param {string} at */
  focus(at) {
    const cell = this.at(at) ?? this.foot.querySelector('.mv-fresh');
    const target = cell?.querySelector('.mv-face') ?? cell?.querySelector('button');
    if (target instanceof HTMLElement) target.focus({preventScroll: true});
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Place} place
   */
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

  /**
   * The cell so many cells further on, in reading order; none before the first and after the last.
   * @param {Place} place
   * @param {number} steps
   * @returns {Place | undefined}
   */
  beside({row, field}, steps) {
    const {columns, incident} = this.data;
    const all = [
      this.place(null, incident),
      ...this.seen.rows.flatMap((each) => columns.map((column) => this.place(each.id, column))),
    ];
    return all[all.findIndex((each) => each.row === row && each.field === field) + steps];
  }

  /**
   * @param {Place} place
   * @param {number} steps
   */
  go(place, steps) {
    const next = steps ? this.beside(place, steps) : place;
    if (steps && next) this.write(next);
    else this.focus(next?.at ?? '');
  }
}

/**
 * @param {HTMLElement} node
 * @param {Child[]} children
 */
function refilled(node, children) {
  fill(node, children);
  return node;
}

/** @param {Component<Data>} component */
export default function ({data, parentElement, setTriggerValue}) {
  return living(
    parentElement,
    'sheet',
    (element) => new Sheet(element),
    (sheet) => sheet.update(data, setTriggerValue),
  );
}
