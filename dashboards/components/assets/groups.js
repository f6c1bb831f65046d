// Cards in named groups that several people arrange at once: dragged, or moved through a menu.

import {newId} from './composer.js';
import {living, make} from './dom.js';
import {Dragging} from './groups_drag.js';
import {Menu} from './groups_menu.js';
import {Outbox} from './outbox.js';

const LOOSE = '';              // where cards are that are in no group
const FRESH = 'fresh';         // the empty place, on which a drop makes a group
const UNNAMED = 'New group';

/** The groups as they will be once everything sent has arrived. */
export function foreseen(groups, entries) {
  const names = new Map(), cards = new Map(), placed = new Map();
  for (const {id, name, cards: here} of groups) {
    if (id) names.set(id, name);
    for (const card of here) {
      cards.set(card.id, card);
      placed.set(card.id, id ?? LOOSE);
    }
  }
  for (const entry of entries) {
    if (entry.does === 'grouped' && cards.has(entry.answer) && (entry.group === null || names.has(entry.group))) placed.set(entry.answer, entry.group ?? LOOSE);
    else if (entry.does === 'group-named' && entry.name) names.set(entry.group, entry.name);
    else if (entry.does === 'group-named') names.delete(entry.group);
  }
  const where = (card) => (names.has(placed.get(card)) ? placed.get(card) : LOOSE);
  return [[LOOSE, ''], ...names].map(([id, name]) => ({id, name, cards: [...cards.values()].filter((card) => where(card.id) === id)}));
}

class Groups {
  constructor(parent) {
    this.board = make('div', {class: 'mv-board'});
    this.fresh = make('input', {type: 'text', maxlength: '200', placeholder: 'Name a group', 'aria-label': 'Name a new group', onkeydown: (event) => event.key === 'Enter' && this.named()});
    this.empty = make('div', {class: 'mv-group mv-group-fresh', 'data-group': FRESH}, this.fresh,
      make('button', {type: 'button', class: 'mv-plain', text: 'Add', 'aria-label': 'Add the group', onclick: () => this.named()}), make('p', {class: 'mv-hint', text: 'or drop a card here'}));
    this.status = make('div', {class: 'mv-status', role: 'status'});
    this.said = make('div', {class: 'mv-unseen', role: 'status', 'aria-live': 'polite'});
    this.root = make('div', {class: 'mv-root mv-groups'}, this.board, this.status, this.said);
    parent.append(this.root);
    this.sections = new Map();
    this.cards = new Map();
    this.menu = new Menu(this.root, (card, group) => this.move(card, group, {focus: true}));
    this.dragging = new Dragging(this.root, (card, group) => this.move(card, group));
  }

  update(data, send) {
    this.data = data;
    this.outbox ??= new Outbox(data.key);
    this.outbox.update(data.answers, (items) => send('wrote', items));
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
    const focused = this.root.contains(document.activeElement) ? document.activeElement : null;
    this.seen = foreseen(this.data.groups, this.outbox.entries);
    const named = this.seen.filter((group) => group.id);
    const loose = this.seen.find((group) => group.id === LOOSE);
    const shown = loose.cards.length ? [loose, ...named] : named;
    arrange(this.board, [...shown.map((group) => this.section(group)), this.empty]);
    forget(this.sections, new Set(shown.map((group) => group.id)));
    forget(this.cards, new Set(shown.flatMap((group) => group.cards.map((card) => card.id))));
    this.status.textContent = [...this.outbox.troubles.values()].at(-1) ?? '';
    if (focused && focused.isConnected && document.activeElement !== focused) focused.focus({preventScroll: true});
  }

  section(group) {
    const section = this.sections.get(group.id) ?? this.newSection(group);
    this.sections.set(group.id, section);
    if (group.id && document.activeElement !== section.name && section.said !== group.name) section.name.value = section.said = group.name;
    section.count.textContent = group.cards.length || '';
    section.node.classList.toggle('mv-bare', !group.cards.length);
    section.node.setAttribute('aria-label', group.name || 'In no group yet');
    arrange(section.list, group.cards.map((card) => this.card(card)));
    return section.node;
  }

  newSection({id, name}) {
    const list = make('ul', {class: 'mv-group-cards'}), count = make('span', {class: 'mv-group-count'});
    const title = id ? make('input', {type: 'text', class: 'mv-group-name', maxlength: '200', 'aria-label': 'Name of the group', value: name,
      onkeydown: (event) => this.nameKey(event, id), onblur: () => this.renamed(id)}) : make('span', {class: 'mv-group-name', text: 'In no group yet'});
    const gone = id && make('button', {type: 'button', class: 'mv-plain mv-dissolve', title: 'Dissolve the group', 'aria-label': 'Dissolve this group; its cards stay', text: '×', onclick: () => this.dissolve(id)});
    const head = make('div', {class: 'mv-group-head'}, title, count, gone);
    return {node: make('section', {class: `mv-group${id ? '' : ' mv-loose'}`, 'data-group': id}, head, list), name: title, said: name, count, list};
  }

  card({id, text, by}) {
    const known = this.cards.get(id);
    if (known?.text === text) return known.node;
    const menu = make('button', {type: 'button', class: 'mv-plain mv-move', 'aria-haspopup': 'menu', 'aria-label': `Move to a group: ${text}`, text: 'Move to …', onclick: (event) => this.choose(event.currentTarget, id)});
    const node = make('li', {class: 'mv-group-card', 'data-card': id}, make('i', {class: 'mv-grip', 'aria-hidden': 'true', title: 'Drag'}),
      make('p', {text}), make('div', {class: 'mv-card-foot'}, make('small', {text: by}), menu));
    this.cards.set(id, {node, text, menu});
    return node;
  }

  group(id) {
    return this.seen.find((each) => each.id === id);
  }

  choose(button, card) {
    const here = this.seen.find((group) => group.cards.some((each) => each.id === card))?.id;
    const groups = this.seen.filter((group) => group.id && group.id !== here).map(({id, name}) => ({id, name}));
    const out = here ? [{id: LOOSE, name: 'Out of its group'}] : [];
    this.menu.open(button, card, [...groups, ...out, {id: FRESH, name: 'A new group'}]);
  }

  move(card, to, {focus = false} = {}) {
    if (to === FRESH) return this.startGroup(card);
    this.send([{does: 'grouped', answer: card, group: to || null}]);
    this.said.textContent = to ? `Moved to ${this.group(to)?.name ?? ''}` : 'Out of its group';
    if (focus) this.cards.get(card)?.menu.focus({preventScroll: true});
  }

  /** A group for this card, its name ready to be typed over. */
  startGroup(card) {
    const id = newId();
    this.send([{does: 'group-named', group: id, name: UNNAMED}, {does: 'grouped', answer: card, group: id}]);
    const {name} = this.sections.get(id);
    name.focus({preventScroll: true});
    name.select();
  }

  named() {
    const name = this.fresh.value.trim();
    if (!name) return this.fresh.focus();
    this.fresh.value = '';
    this.send([{does: 'group-named', group: newId(), name}]);
    this.fresh.focus({preventScroll: true});
  }

  nameKey(event, id) {
    const {name, said} = this.sections.get(id);
    if (event.key === 'Enter' && !event.isComposing) name.blur();
    else if (event.key === 'Escape') {
      name.value = said;
      name.blur();
    }
  }

  /** Once one has left a name: kept if it is another, and as it was before if it is none. */
  renamed(id) {
    const section = this.sections.get(id), name = section?.name.value.trim();
    if (!section?.node.isConnected) return;
    const mine = name && name !== section.said;
    section.said = mine ? name : this.group(id)?.name ?? section.said;
    section.name.value = section.said;
    if (mine) this.send([{does: 'group-named', group: id, name}]);
  }

  dissolve(id) {
    this.send([{does: 'group-named', group: id, name: ''}]);
    this.said.textContent = 'Dissolved';
  }

  send(entries) {
    this.outbox.troubles.clear();
    this.outbox.add(entries);
    this.draw();
  }
}

/** Exactly these children in this order, moving no more than must be moved. */
function arrange(parent, wanted) {
  const kept = new Set(wanted);
  for (const node of [...parent.children]) if (!kept.has(node)) node.remove();
  wanted.forEach((node, place) => {
    if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] ?? null);
  });
}

function forget(known, shown) {
  for (const id of known.keys()) if (!shown.has(id)) known.delete(id);
}

export default function ({data, parentElement, setTriggerValue}) {
  return living(parentElement, 'groups', (element) => new Groups(element), (groups) => groups.update(data, setTriggerValue));
}
