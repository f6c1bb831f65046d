// The stops of a routine that is being recorded: dragged by the grip, or moved by Alt with an arrow, or by a button.

/**
 * @import {Component, Send} from '../components/browser/streamlit.js'
 * @import {Answers} from '../components/browser/outbox.js'
 * @import {Entry, Stop} from './stops_foreseen.js'
 *
 * @typedef {object} Data
 * @property {string} key
 * @property {Stop[]} stops
 * @property {string} next what is not kept yet and would become the next stop; empty where there is nothing
 * @property {Answers} answers
 *
 * @typedef {object} Line
 * @property {HTMLElement} node
 * @property {HTMLElement} number
 * @property {HTMLButtonElement} question
 * @property {HTMLElement} looks
 * @property {HTMLButtonElement} up
 * @property {HTMLButtonElement} down
 * @property {HTMLButtonElement} remove
 */

import {arrange, clamp, living, make} from '../components/browser/dom.js';
import {Outbox} from '../components/browser/outbox.js';
import {Dragging} from './stops_drag.js';
import {foreseen, landing} from './stops_foreseen.js';

class Stops {
  /** @type {Data} */
  data;
  /** @type {Outbox<Entry>} */
  outbox;
  /** @type {Stop[]} */
  seen = [];
  /** @type {Map<string, Line>} */
  lines = new Map();
  /** Where the stop that is held would land. @type {{slug: string, to: number} | null} */
  held = null;
  /** @type {(slug: string) => void} */
  open = () => {};

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.list = make('ol', {class: 'mv-stops-list'});
    this.next = make('li', {class: 'mv-stop mv-stop-next'});
    this.status = make('div', {class: 'mv-status mv-trouble', role: 'status'});
    this.said = make('div', {class: 'mv-unseen', role: 'status', 'aria-live': 'polite'});
    this.root = make('div', {class: 'mv-root mv-stops'}, this.list, this.status, this.said);
    parent.append(this.root);
    this.dragging = new Dragging(this.root, {
      over: (slug, height) => this.over(slug, height),
      drop: (slug) => this.drop(slug),
      stop: () => this.putBack(),
    });
  }

  /**
   * @param {Data} data
   * @param {Send} send
   */
  update(data, send) {
    this.data = data;
    this.open = (slug) => send('opened', {stop: slug, at: Date.now()});
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
    this.root.remove();
  }

  draw() {
    const focused = document.activeElement;
    this.seen = foreseen(this.data.stops, this.outbox.entries);
    const order = this.held
      ? foreseen(this.seen, [{type: 'moved', stop: this.held.slug, to: this.held.to}])
      : this.seen;
    const nodes = order.map((stop, place) => this.line(stop, place, order.length));
    arrange(this.list, this.data.next ? [...nodes, this.waiting(order.length)] : nodes);
    for (const slug of this.lines.keys()) if (!order.some((stop) => stop.slug === slug)) this.lines.delete(slug);
    this.status.textContent = [...this.outbox.troubles.values()].at(-1) ?? '';
    if (focused instanceof HTMLElement && this.root.contains(focused) && document.activeElement !== focused)
      focused.focus({preventScroll: true});
  }

  /** @param {number} place */
  waiting(place) {
    this.next.replaceChildren(
      make('span'),
      make('span', {class: 'mv-stop-number', text: place + 1}),
      make(
        'div',
        {},
        make('p', {class: 'mv-stop-question', text: this.data.next}),
        make('p', {class: 'mv-stop-looks', text: 'not kept yet'}),
      ),
    );
    return this.next;
  }

  /**
   * @param {Stop} stop
   * @param {number} place
   * @param {number} count
   */
  line(stop, place, count) {
    const line = this.lines.get(stop.slug) ?? this.newLine(stop.slug);
    this.lines.set(stop.slug, line);
    const number = String(place + 1);
    line.number.textContent = number;
    line.question.textContent = stop.question;
    line.question.setAttribute('aria-label', `Stop ${number} of ${count}: ${stop.question}. Change its words`);
    line.looks.textContent = stop.looks;
    line.up.setAttribute('aria-label', `Move stop ${number} up`);
    line.down.setAttribute('aria-label', `Move stop ${number} down`);
    line.remove.setAttribute('aria-label', `Remove stop ${number}`);
    line.up.disabled = place === 0;
    line.down.disabled = place === count - 1;
    return line.node;
  }

  /**
   * @param {string} slug
   * @returns {Line}
   */
  newLine(slug) {
    const number = make('span', {class: 'mv-stop-number', 'aria-hidden': 'true'});
    const looks = make('p', {class: 'mv-stop-looks'});
    const question = make('button', {
      type: 'button',
      class: 'mv-stop-question',
      'aria-keyshortcuts': 'Alt+ArrowUp Alt+ArrowDown',
      onclick: () => this.open(slug),
    });
    const button = (/** @type {string} */ text, /** @type {() => void} */ onclick) =>
      make('button', {type: 'button', class: 'mv-stop-act', text, onclick});
    const up = button('↑', () => this.step(slug, -1));
    const down = button('↓', () => this.step(slug, 1));
    const remove = button('×', () => this.take(slug));
    const node = make(
      'li',
      {class: 'mv-stop', 'data-stop': slug, onkeydown: (event) => this.key(event, slug)},
      make('span', {class: 'mv-stop-grip', 'aria-hidden': 'true', title: 'Drag'}),
      number,
      make('div', {}, question, looks),
      make('div', {class: 'mv-stop-acts'}, up, down, remove),
    );
    return {node, number, question, looks, up, down, remove};
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string} slug
   */
  key(event, slug) {
    const way = {ArrowUp: -1, ArrowDown: 1}[event.key];
    if (!way || !event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.step(slug, way);
  }

  /** @param {string} slug */
  place(slug) {
    return this.seen.findIndex((stop) => stop.slug === slug);
  }

  /**
   * @param {string} slug
   * @param {number} way
   */
  step(slug, way) {
    const from = this.place(slug);
    const to = clamp(from + way, 0, this.seen.length - 1);
    if (to === from) this.say(`It is the ${way < 0 ? 'first' : 'last'} stop.`);
    else this.move(slug, to);
  }

  /**
   * @param {string} slug
   * @param {number} to
   */
  move(slug, to) {
    this.send([{type: 'moved', stop: slug, to}]);
    this.say(`Moved to ${to + 1} of ${this.seen.length}.`);
  }

  /** @param {string} slug */
  take(slug) {
    const at = this.place(slug);
    this.send([{type: 'removed', stop: slug}]);
    this.say('Removed. It can be put back below the list.');
    const next = this.seen[Math.min(at, this.seen.length - 1)];
    if (next) this.lines.get(next.slug)?.question.focus({preventScroll: true});
  }

  /**
   * @param {string} slug
   * @param {number} height
   */
  over(slug, height) {
    const others = this.seen.filter((stop) => stop.slug !== slug);
    const middles = others.map((stop) => {
      const {top, bottom} = /** @type {Line} */ (this.lines.get(stop.slug)).node.getBoundingClientRect();
      return (top + bottom) / 2;
    });
    this.held = {slug, to: landing(height, middles)};
    this.draw();
  }

  /** @param {string} slug */
  drop(slug) {
    const {held} = this;
    this.held = null;
    if (held && held.to !== this.place(slug)) this.move(slug, held.to);
    else this.draw();
  }

  putBack() {
    this.held = null;
    this.draw();
  }

  /** @param {string} words */
  say(words) {
    this.said.textContent = words;
  }

  /** @param {Entry[]} entries */
  send(entries) {
    this.outbox.troubles.clear();
    this.outbox.add(entries);
    this.draw();
  }
}

/** @param {Component<Data>} component */
export default function ({data, parentElement, setTriggerValue}) {
  return living(
    parentElement,
    'stops',
    (element) => new Stops(element),
    (stops) => stops.update(data, setTriggerValue),
  );
}
