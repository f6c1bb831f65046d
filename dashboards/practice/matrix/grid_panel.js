// Beside the matrix: the cell one is in, with who marked what, what is observed, and the notices.

/**
 * @import {Child} from '../../components/browser/dom.js'
 * @import {CellNotice, Element as Part, Entry, Marks, Said, Table} from './grid_cells.js'
 */

import {fill, make} from '../../components/browser/dom.js';
import {newId} from '../../components/browser/ids.js';
import {spread, symbol} from './grid_cells.js';

/**
 * The cell one is in; `draft` are the words one has begun.
 * @typedef {{at: string, row: Part, column: Part, who: Marks, said: Said | undefined, draft: string}} Cell
 */

/**
 * What somebody does here, as it is told.
 * @typedef {object} Acts
 * @property {(at: string, how: string | null) => void} mark
 * @property {(entries: Entry[], draft?: {at: string, text: string}) => void} write
 * @property {(at: string, text: string) => void} typed
 * @property {() => void} back
 */

export class Panel {
  /** @type {HTMLTextAreaElement} */
  line;
  at = '';
  state = ''; // what was drawn last

  /** @param {Acts} acts */
  constructor(acts) {
    this.acts = acts;
    this.head = make('div', {class: 'mv-cell-head'});
    this.said = make('div', {class: 'mv-cell-said'});
    this.line = make('textarea', {
      rows: 2,
      maxlength: 400,
      'aria-label': 'A notice on this cell',
      placeholder: 'a short notice, then Enter',
      oninput: () => this.acts.typed(this.at, this.line.value),
      onkeydown: (event) => this.key(event),
    });
    this.trouble = make('div', {class: 'mv-status mv-trouble', role: 'status'});
    this.node = make(
      'aside',
      {class: 'mv-cell-panel', 'aria-label': 'The cell'},
      this.head,
      this.said,
      this.line,
      this.trouble,
    );
  }

  /**
   * `cell` null: nothing is chosen yet.
   * @param {Cell | null} cell
   * @param {Table} data
   * @param {string | undefined} trouble
   */
  show(cell, data, trouble) {
    this.node.classList.toggle('mv-resting', cell === null);
    this.trouble.textContent = trouble ?? '';
    if (cell === null) this.rest(data);
    else this.open(cell, data);
  }

  /** @param {Table} data */
  rest(data) {
    fill(this.head, make('p', {class: 'mv-cell-title', text: 'Choose a cell'}), ...this.legend(data));
    fill(this.said);
    this.line.hidden = true;
  }

  /**
   * @param {Cell} cell
   * @param {Table} data
   */
  open({at, row, column, who, said, draft}, data) {
    if (this.at !== at) this.line.value = draft;
    this.at = at;
    this.line.hidden = !data.writable;
    const state = JSON.stringify([at, [...who], said, row, column, data.writable, data.blind, data.people]);
    if (state === this.state) return;
    this.state = state;
    const focused = document.activeElement?.closest('.mv-choice')?.getAttribute('data-how');
    fill(
      this.head,
      make('p', {class: 'mv-cell-title'}, make('b', {text: row.name}), ' needs ', make('b', {text: column.name})),
      data.writable && this.choices(who, data),
    );
    fill(
      this.said,
      ...this.people(who, data),
      ...this.observed(said),
      ...(said?.notices ?? []).map((each) => this.notice(each, data)),
    );
    for (const choice of this.head.querySelectorAll('button')) if (choice.dataset.how === focused) choice.focus();
  }

  /** @param {Table} data */
  legend({kinds, writable}) {
    const lines = kinds.map((how, place) =>
      make(
        'li',
        {},
        make('span', {class: `mv-key mv-hard-${place + 1}`}, symbol(how, kinds)),
        how,
        writable && make('kbd', {text: String(place + 1)}),
      ),
    );
    return [
      make(
        'ul',
        {class: 'mv-legend'},
        lines,
        make('li', {}, make('span', {class: 'mv-key'}, make('i', {class: 'mv-observed'})), 'observed'),
        make('li', {}, make('span', {class: 'mv-key mv-mine'}), 'underlined: yours'),
      ),
      writable &&
        make('p', {
          class: 'mv-hint-of',
          text: 'When the column is gone, what happens to the row? Click cycles through the answers; arrows move, Backspace clears.',
        }),
    ];
  }

  /**
   * @param {Marks} who
   * @param {Table} data
   */
  choices(who, {kinds, me}) {
    const mine = who.get(me) ?? '';
    return make(
      'div',
      {class: 'mv-choices', role: 'group', 'aria-label': 'How badly'},
      [...kinds, ''].map((how, place) =>
        make(
          'button',
          {
            type: 'button',
            class: 'mv-choice',
            'data-how': how,
            'aria-pressed': String(mine === how),
            onclick: () => this.acts.mark(this.at, how || null),
          },
          how
            ? make('span', {class: `mv-key mv-hard-${place + 1}`}, symbol(how, kinds))
            : make('span', {class: 'mv-key'}),
          how || 'no mark',
        ),
      ),
    );
  }

  /**
   * @param {Marks} who
   * @param {Table} data
   * @returns {Child[]}
   */
  people(who, {kinds, people, blind, me}) {
    if (blind)
      return [
        make('p', {class: 'mv-hint-of', text: 'Everyone sees only their own marks until they are revealed.'}),
      ];
    const lines = spread(who, kinds).map(({how, names}) =>
      make(
        'p',
        {class: 'mv-marked'},
        make('b', {text: how}),
        ` · ${names.map((each) => (each === me ? 'you' : each)).join(', ')}`,
      ),
    );
    const empty = people.filter((each) => !who.has(each)).length;
    return lines.length && empty
      ? [...lines, make('p', {class: 'mv-marked mv-faint-of', text: `${empty} left it empty`})]
      : lines;
  }

  /**
   * @param {Said | undefined} said
   * @returns {Child[]}
   */
  observed(said) {
    if (!said?.observed.length) return [];
    return [
      make(
        'p',
        {class: 'mv-marked'},
        make('i', {class: 'mv-observed', 'aria-hidden': 'true'}),
        make('b', {text: 'observed'}),
        ` · ${said.observed.join(', ')}`,
      ),
      said.evidence.length &&
        make(
          'p',
          {class: 'mv-opens'},
          said.evidence.map((each) =>
            make('a', {href: each.opens, target: '_blank', rel: 'noopener', text: each.says}),
          ),
        ),
    ];
  }

  /**
   * @param {CellNotice} notice
   * @param {Table} data
   */
  notice({id, by, when, text}, {me, writable}) {
    return make(
      'div',
      {class: 'mv-cell-notice'},
      make('p', {text}),
      make(
        'p',
        {class: 'mv-faint-of'},
        `${by}, ${when}`,
        writable &&
          by === me &&
          make('button', {
            type: 'button',
            class: 'mv-quiet',
            text: 'Remove',
            onclick: () => this.acts.write([{type: 'cell-notice-taken-back', id}]),
          }),
      ),
    );
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === 'Escape') this.acts.back();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    const text = this.line.value.trim();
    if (!text) return;
    const [needs, needed] = this.at.split('/');
    this.line.value = '';
    this.acts.typed(this.at, '');
    this.acts.write([{type: 'cell-noticed', id: newId(), needs, needed, text}], {at: this.at, text});
  }
}
