// What was written and is not confirmed yet, and what is still being typed. Both outlive a reload of the page.

import {make} from './dom.js';
import {newId} from './ids.js';

/**
 * What became of what was sent, by its id: null where it was kept, `asks` where somebody shall be asked before it is,
 * else what went wrong.
 * @typedef {Record<string, string | {asks: string} | null>} Answers
 */

/**
 * Asks `says`; `decide(true)` keeps the words, `decide(false)` gives them back. Gives what takes the question away.
 * @typedef {(says: string, decide: (sure: boolean) => void) => () => void} Ask
 */

/**
 * What is sent at once; `draft` are the words to be given back if it is refused.
 * @template Entry, Draft
 * @typedef {{id: string, entries: Entry[], draft?: Draft, sure?: boolean}} Item
 */

/**
 * What a component's entries are sent in.
 * @template Entry
 * @typedef {{id: string, items: {id: string, entries: Entry[], sure?: boolean}[]}} Parcel
 */

const AGAIN_AFTER = 8000;

/** @param {string} place */
function stored(place) {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? '{}');
  } catch {
    return {}; // a browser that keeps nothing: then it lives as long as the page
  }
}

/**
 * In a bar below the page.
 * @type {Ask}
 */
function askInBar(says, decide) {
  const edit = make('button', {type: 'button', text: 'Edit', onclick: () => decide(false)});
  const bar = make(
    'div',
    {class: 'mv-asks', role: 'alertdialog', 'aria-label': says},
    make('span', {text: says}),
    make('button', {type: 'button', text: 'Save anyway', onclick: () => decide(true)}),
    edit,
  );
  (document.querySelector('.stApp') ?? document.body).append(bar);
  edit.focus({preventScroll: true});
  return () => bar.remove();
}

/**
 * Entries are what somebody did, drafts the words one is at, each with the name of its place.
 * @template {{type: string}} Entry
 * @template {{at: string}} [Draft={at: string}]
 */
export class Outbox {
  /** @type {((parcel: Parcel<Entry>) => void) | undefined} */
  send;
  /** @type {(() => void) | undefined} */
  again;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  waiting;

  /**
   * @param {string} key
   * @param {(at: string | undefined) => Ask | undefined} [asking] who asks about the words of a place, if not the bar
   */
  constructor(key, asking = () => undefined) {
    this.asking = asking;
    this.place = `morning-vistas/${key}`;
    const {drafts = {}, items = []} = stored(this.place);
    /** @type {Map<string, Draft>} */
    this.drafts = new Map(Object.entries(drafts));
    /** @type {Map<string, Item<Entry, Draft>>} */
    this.items = new Map(items.map((/** @type {Item<Entry, Draft>} */ item) => [item.id, item]));
    /** @type {Map<string, string>} */
    this.troubles = new Map();
    /** @type {Map<string, {item: Item<Entry, Draft>, done: () => void}>} */
    this.asked = new Map(); // what is asked about, with what takes the question away
  }

  /**
   * @param {Answers} answers
   * @param {(parcel: Parcel<Entry>) => void} send
   * @param {() => void} again draws the component
   */
  update(answers, send, again) {
    this.send = send;
    this.again = again;
    for (const [id, item] of this.items) {
      if (!(id in answers)) continue;
      this.items.delete(id);
      const answer = answers[id];
      if (typeof answer === 'string') this.#refused(item, answer);
      else if (answer) this.#ask(item, answer.asks);
    }
    this.#keep();
    if (this.items.size && !this.waiting) this.waiting = setTimeout(() => this.#sendAll(), 0);
  }

  /**
   * Send entries, and again until they are answered. `draft` are the words to be given back if they are refused.
   * @param {Entry[]} entries
   * @param {Draft} [draft]
   */
  add(entries, draft) {
    const item = {id: newId(), entries, draft};
    this.items.set(item.id, item);
    this.troubles.delete(draft?.at ?? '');
    this.#keep();
    this.#sendAll();
  }

  /** @param {string} at */
  draft(at) {
    return this.drafts.get(at);
  }

  /**
   * @param {string} at
   * @param {Draft | null} draft
   */
  setDraft(at, draft) {
    if (draft) this.drafts.set(at, draft);
    else this.drafts.delete(at);
    this.#keep();
  }

  /**
   * Whether words of this place are under way, or asked about: neither kept nor given back yet.
   * @param {string} at
   */
  holds(at) {
    return this.#unkept.some(({draft}) => draft?.at === at);
  }

  get entries() {
    return this.#unkept.flatMap((item) => item.entries);
  }

  dispose() {
    this.#rest();
    for (const {done} of this.asked.values()) done();
  }

  get #unkept() {
    return [...this.items.values(), ...[...this.asked.values()].map(({item}) => item)];
  }

  #rest() {
    clearTimeout(this.waiting);
    this.waiting = undefined;
  }

  /**
   * Until somebody says, the words are neither kept nor given back; a reload asks again.
   * @param {Item<Entry, Draft>} item
   * @param {string} says
   */
  #ask(item, says) {
    const ask = this.asking(item.draft?.at) ?? askInBar;
    this.asked.set(item.id, {item, done: ask(says, (sure) => this.#said(item, sure))});
  }

  /**
   * @param {Item<Entry, Draft>} item
   * @param {boolean} sure
   */
  #said(item, sure) {
    this.asked.get(item.id)?.done();
    this.asked.delete(item.id);
    if (sure) {
      const again = {...item, id: newId(), sure};
      this.items.set(again.id, again);
    } else this.#refused(item, '');
    this.#keep();
    this.#sendAll();
    this.again?.();
  }

  /**
   * `troubles` says what went wrong, by cell; what is of no cell is under the empty name.
   * @param {Item<Entry, Draft>} item
   * @param {string} says
   */
  #refused({draft}, says) {
    if (says) this.troubles.set(draft?.at ?? '', says);
    if (draft) this.drafts.set(draft.at, draft);
  }

  #sendAll() {
    this.#rest();
    if (!this.items.size) return;
    this.send?.({
      id: newId(),
      items: [...this.items.values()].map(({id, entries, sure}) => ({id, entries, sure})),
    });
    this.waiting = setTimeout(() => this.#sendAll(), AGAIN_AFTER);
  }

  #keep() {
    if (!this.items.size) this.#rest();
    try {
      sessionStorage.setItem(
        this.place,
        JSON.stringify({drafts: Object.fromEntries(this.drafts), items: this.#unkept}),
      );
    } catch {
      // as above
    }
  }
}
