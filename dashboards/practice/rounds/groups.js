// Cards in named groups that several people arrange at once: dragged, or moved through a menu.

/**
 * @import {Card, Entry, Group, Known} from './groups_foreseen.js'
 * @import {Answers} from '../../components/browser/outbox.js'
 * @import {Component, Send} from '../../components/browser/streamlit.js'
 */

import {arrange, living, make} from '../../components/browser/dom.js';
import {newId} from '../../components/browser/ids.js';
import {Outbox} from '../../components/browser/outbox.js';
import {Dragging} from './groups_drag.js';
import {foreseen, LOOSE} from './groups_foreseen.js';
import {Menu} from './groups_menu.js';

const FRESH = 'fresh'; // the empty place, on which a drop makes a group
const UNNAMED = 'New group';

/**
 * @typedef {object} Data
 * @property {string} key
 * @property {Known[]} groups
 * @property {Answers} answers
 */

/**
 * A group on the page; `said` is the name that was last heard, so that one that is being typed stays.
 * @typedef {object} Section
 * @property {HTMLElement} node
 * @property {HTMLInputElement | null} name
 * @property {string} said
 * @property {HTMLElement} count
 * @property {HTMLElement} list
 */

class Groups {
  /** @type {Data} */
  data;
  /** @type {Outbox<Entry>} */
  outbox;
  /** @type {Group[]} */
  seen;
  /** @type {Map<string, Section>} */
  sections = new Map();
  /** @type {Map<string, {node: HTMLElement, text: string, menu: HTMLElement}>} */
  cards = new Map();

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.board = make('div', {class: 'mv-board'});
    this.fresh = make('input', {
      type: 'text',
      maxlength: '200',
      placeholder: 'Name a group',
      'aria-label': 'Name a new group',
      onkeydown: (event) => event.key === 'Enter' && this.named(),
    });
    this.empty = make(
      'div',
      {class: 'mv-group mv-group-fresh', 'data-group': FRESH},
      this.fresh,
      make('button', {
        type: 'button',
        class: 'mv-plain',
        text: 'Add',
        'aria-label': 'Add the group',
        onclick: () => this.named(),
      }),
      make('p', {class: 'mv-hint', text: 'or drop a card here'}),
    );
    this.status = make('div', {class: 'mv-status', role: 'status'});
    this.said = make('div', {class: 'mv-unseen', role: 'status', 'aria-live': 'polite'});
    this.root = make('div', {class: 'mv-root mv-groups'}, this.board, this.status, this.said);
    parent.append(this.root);
    this.menu = new Menu(this.root, (card, group) => this.move(card, group, true));
    this.dragging = new Dragging(this.root, (card, group) => this.move(card, group));
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
    this.draw();
  }

  dispose() {
    this.outbox?.dispose();
    this.dragging.dispose();
    this.menu.close();
    this.root.remove();
  }

  /** Nodes are kept and only moved, so that a name that is being typed and what has the focus stay. */
  draw() {
    const focused = document.activeElement;
    this.seen = foreseen(this.data.groups, this.outbox.entries);
    const shown = this.seen.filter((group) => group.id !== LOOSE || group.cards.length);
    arrange(this.board, [...shown.map((group) => this.section(group)), this.empty]);
    forget(this.sections, new Set(shown.map((group) => group.id)));
    forget(this.cards, new Set(shown.flatMap((group) => group.cards.map((card) => card.id))));
    this.status.textContent = [...this.outbox.troubles.values()].at(-1) ?? '';
    if (focused instanceof HTMLElement && this.root.contains(focused) && document.activeElement !== focused)
      focused.focus({preventScroll: true});
  }

  /** @param {Group} group */
  section(group) {
    const section = this.sections.get(group.id) ?? this.newSection(group);
    this.sections.set(group.id, section);
    if (section.name && document.activeElement !== section.name && section.said !== group.name) {
      section.said = group.name;
      section.name.value = group.name;
    }
    section.count.textContent = group.cards.length ? String(group.cards.length) : '';
    section.node.classList.toggle('mv-bare', !group.cards.length);
    section.node.setAttribute('aria-label', group.name || 'Ungrouped');
    arrange(
      section.list,
      group.cards.map((card) => this.card(card)),
    );
    return section.node;
  }

  /**
   * @param {Group} group
   * @returns {Section}
   */
  newSection({id, name}) {
    const list = make('ul', {class: 'mv-group-cards'});
    const count = make('span', {class: 'mv-group-count'});
    const input = id ? this.nameOf(id, name) : null;
    const title = input ?? make('span', {class: 'mv-group-name', text: 'Ungrouped'});
    const head = make('div', {class: 'mv-group-head'}, title, count, id && this.dissolving(id));
    const node = make('section', {class: `mv-group${id ? '' : ' mv-loose'}`, 'data-group': id}, head, list);
    return {node, name: input, said: name, count, list};
  }

  /**
   * @param {string} id
   * @param {string} name
   */
  nameOf(id, name) {
    return make('input', {
      type: 'text',
      class: 'mv-group-name',
      maxlength: '200',
      'aria-label': 'Name of the group',
      value: name,
      onkeydown: (event) => this.nameKey(event, id),
      onblur: () => this.renamed(id),
    });
  }

  /** @param {string} id */
  dissolving(id) {
    return make('button', {
      type: 'button',
      class: 'mv-plain mv-dissolve',
      title: 'Remove the group',
      'aria-label': 'Remove this group; its cards stay',
      text: '×',
      onclick: () => this.dissolve(id),
    });
  }

  /** @param {Card} card */
  card({id, text, by}) {
    const known = this.cards.get(id);
    if (known?.text === text) return known.node;
    /** @type {HTMLButtonElement} */
    const menu = make('button', {
      type: 'button',
      class: 'mv-plain mv-move',
      'aria-haspopup': 'menu',
      'aria-label': `Move to a group: ${text}`,
      text: 'Move to …',
      onclick: () => this.choose(menu, id),
    });
    const node = make(
      'li',
      {class: 'mv-group-card', 'data-card': id},
      make('i', {class: 'mv-grip', 'aria-hidden': 'true', title: 'Drag'}),
      make('p', {text}),
      make('div', {class: 'mv-card-foot'}, make('small', {text: by}), menu),
    );
    this.cards.set(id, {node, text, menu});
    return node;
  }

  /** @param {string} id */
  group(id) {
    return this.seen.find((each) => each.id === id);
  }

  /**
   * @param {HTMLElement} button
   * @param {string} card
   */
  choose(button, card) {
    const here = this.seen.find((group) => group.cards.some((each) => each.id === card))?.id;
    const groups = this.seen.filter((group) => group.id && group.id !== here).map(({id, name}) => ({id, name}));
    const out = here ? [{id: LOOSE, name: 'Remove from group'}] : [];
    this.menu.open(button, card, [...groups, ...out, {id: FRESH, name: 'New group'}]);
  }

  /**
   * @param {string} card
   * @param {string} to
   */
  move(card, to, focus = false) {
    if (to === FRESH) {
      this.startGroup(card);
      return;
    }
    this.send([{type: 'grouped', answer: card, group: to || null}]);
    this.said.textContent = to ? `Moved to ${this.group(to)?.name ?? ''}` : 'Removed from its group';
    if (focus) this.cards.get(card)?.menu.focus({preventScroll: true});
  }

  /**
   * A group for this card, its name ready to be typed over.
   * @param {string} card
   */
  startGroup(card) {
    const id = newId();
    this.send([
      {type: 'group-named', group: id, name: UNNAMED},
      {type: 'grouped', answer: card, group: id},
    ]);
    const name = this.sections.get(id)?.name;
    name?.focus({preventScroll: true});
    name?.select();
  }

  named() {
    const name = this.fresh.value.trim();
    if (name) {
      this.fresh.value = '';
      this.send([{type: 'group-named', group: newId(), name}]);
    }
    this.fresh.focus({preventScroll: true});
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string} id
   */
  nameKey(event, id) {
    const {name, said} = this.sections.get(id) ?? {};
    if (name && said !== undefined && event.key === 'Escape') name.value = said;
    if (event.key === 'Escape' || (event.key === 'Enter' && !event.isComposing)) name?.blur();
  }

  /**
   * Once one has left a name: kept if it is another, and as it was before if it is none.
   * @param {string} id
   */
  renamed(id) {
    const section = this.sections.get(id);
    if (!section?.name || !section.node.isConnected) return;
    const name = section.name.value.trim();
    const mine = name !== '' && name !== section.said;
    section.said = mine ? name : (this.group(id)?.name ?? section.said);
    section.name.value = section.said;
    if (mine) this.send([{type: 'group-named', group: id, name}]);
  }

  /** @param {string} id */
  dissolve(id) {
    this.send([{type: 'group-named', group: id, name: ''}]);
    this.said.textContent = 'Group removed';
  }

  /** @param {Entry[]} entries */
  send(entries) {
    this.outbox.troubles.clear();
    this.outbox.add(entries);
    this.draw();
  }
}

/**
 * @param {Map<string, unknown>} known
 * @param {Set<string>} shown
 */
function forget(known, shown) {
  for (const id of known.keys()) if (!shown.has(id)) known.delete(id);
}

/** @param {Component<Data>} component */
export default function ({data, parentElement, setTriggerValue}) {
  return living(
    parentElement,
    'groups',
    (element) => new Groups(element),
    (groups) => groups.update(data, setTriggerValue),
  );
}
