// Beside the matrix: the cell one is in, with who marked what, what is observed, and the notices.

import {newId} from './composer.js';
import {fill, make} from './dom.js';
import {spread, symbol} from './matrix_cells.js';

export class Panel {
  constructor(acts) {
    this.acts = acts;
    this.head = make('div', {class: 'mv-cell-head'});
    this.said = make('div', {class: 'mv-cell-said'});
    this.line = make('textarea', {rows: 2, maxlength: 400, 'aria-label': 'A notice on this cell', placeholder: 'a short notice, then Enter',
      oninput: () => this.acts.typed(this.at, this.line.value), onkeydown: (event) => this.key(event)});
    this.trouble = make('div', {class: 'mv-status mv-trouble', role: 'status'});
    this.node = make('aside', {class: 'mv-cell-panel', 'aria-label': 'The cell'}, this.head, this.said, this.line, this.trouble);
  }

  /** `cell` null: nothing is chosen yet. */
  show(cell, data, trouble) {
    this.node.classList.toggle('mv-resting', cell === null);
    this.trouble.textContent = trouble ?? '';
    if (cell === null) {
      fill(this.head, make('p', {class: 'mv-cell-title', text: 'Choose a cell'}), ...this.legend(data));
      fill(this.said);
      this.line.hidden = true;
      return;
    }
    const {at, row, column, who, said, draft} = cell;
    if (this.at !== at) this.line.value = draft;
    this.at = at;
    this.line.hidden = !data.writable;
    const state = JSON.stringify([at, [...who], said, row, column, data.writable, data.blind, data.people]);
    if (state === this.state) return;
    this.state = state;
    const focused = document.activeElement?.closest?.('.mv-choice')?.dataset.how;
    fill(this.head, make('p', {class: 'mv-cell-title'}, make('b', {text: row.name}), ' needs ', make('b', {text: column.name})), data.writable && this.choices(who, data));
    fill(this.said, ...this.people(who, data), ...this.observed(said), ...(said?.notices ?? []).map((each) => this.notice(each, data)));
    if (focused !== undefined) this.head.querySelector(`[data-how="${CSS.escape(focused)}"]`)?.focus();
  }

  legend({kinds, writable}) {
    const lines = kinds.map((how, place) => make('li', {}, make('span', {class: `mv-key mv-hard-${place + 1}`}, symbol(how, kinds)), how, writable && make('kbd', {text: String(place + 1)})));
    return [make('ul', {class: 'mv-legend'}, lines,
      make('li', {}, make('span', {class: 'mv-key'}, make('i', {class: 'mv-observed'})), 'observed'),
      make('li', {}, make('span', {class: 'mv-key mv-mine'}), 'underlined: yours')),
    writable && make('p', {class: 'mv-hint-of', text: 'When the column is gone, what happens to the row? Click goes through the answers; arrows move, Backspace empties.'})].filter(Boolean);
  }

  choices(who, {kinds, me}) {
    const mine = who.get(me) ?? '';
    return make('div', {class: 'mv-choices', role: 'group', 'aria-label': 'How hard'}, [...kinds, ''].map((how, place) => make('button', {
      type: 'button', class: 'mv-choice', 'data-how': how, 'aria-pressed': String(mine === how), onclick: () => this.acts.mark(this.at, how || null),
    }, how ? make('span', {class: `mv-key mv-hard-${place + 1}`}, symbol(how, kinds)) : make('span', {class: 'mv-key'}), how || 'nothing')));
  }

  people(who, {kinds, people, blind, me}) {
    if (blind) return [make('p', {class: 'mv-hint-of', text: 'Each sees only their own marks until they are revealed.'})];
    const lines = spread(who, kinds).map(([how, names]) => make('p', {class: 'mv-marked'}, make('b', {text: how}), ` · ${names.map((each) => each === me ? 'you' : each).join(', ')}`));
    const empty = people.filter((each) => !who.has(each)).length;
    return lines.length && empty ? [...lines, make('p', {class: 'mv-marked mv-faint-of', text: `${empty} left it empty`})] : lines;
  }

  observed(said) {
    if (!said?.observed.length) return [];
    return [make('p', {class: 'mv-marked'}, make('i', {class: 'mv-observed', 'aria-hidden': 'true'}), make('b', {text: 'observed'}), ` · ${said.observed.join(', ')}`),
      said.evidence.length && make('p', {class: 'mv-opens'}, said.evidence.map((each) => make('a', {href: each.opens, target: '_blank', rel: 'noopener', text: each.says})))];
  }

  notice({id, by, when, text}, {me, writable}) {
    return make('div', {class: 'mv-cell-notice'}, make('p', {text}), make('p', {class: 'mv-faint-of'}, `${by}, ${when}`,
      writable && by === me && make('button', {type: 'button', class: 'mv-quiet', text: 'Take back', onclick: () => this.acts.write([{does: 'cell-notice-taken-back', id}])})));
  }

  key(event) {
    if (event.key === 'Escape') this.acts.back();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    const text = this.line.value.trim();
    if (!text) return;
    const [needs, needed] = this.at.split('/');
    this.line.value = '';
    this.acts.typed(this.at, '');
    this.acts.write([{does: 'cell-noticed', id: newId(), needs, needed, text}], {at: this.at, text});
  }
}
