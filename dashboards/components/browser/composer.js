// The line one writes into, at the place one marked: type, Enter. The words stay until the server says it has them,
// and outlive a reload of the page: what is typed and what is under way lie in the outbox.

/** @import {Answers, Ask, Parcel} from './outbox.js' */

import {around, clamp, fill, make} from './dom.js';
import {newId} from './ids.js';
import {Outbox} from './outbox.js';

/**
 * What the components have in common on which one can write.
 * @typedef {object} Writable
 * @property {string} key
 * @property {string[]} kinds
 * @property {boolean} writable
 * @property {Answers} answers
 */

/**
 * What is sent: words, of which kind, and what they hang on.
 * @typedef {{type: 'noticed', id: string, text: string, kind: string, anchor: object}} Notice
 */

/**
 * Words that are not kept, and where they were written; `open` is whether the line is open with them, and so is again
 * after a reload.
 * @typedef {{at: string, text: string, kind: string, anchor: object, where: string, open: boolean}} Draft
 */

/**
 * Where one writes, in words and in pixels of the host; `actions` are what else can be done there.
 * @typedef {object} Place
 * @property {object} anchor
 * @property {string} where
 * @property {number} left
 * @property {number} top
 * @property {{label: string, title: string, run: () => void}[]} [actions]
 */

const PATIENCE = 8000;
const LINE = 'line'; // where the outbox has the words one is typing; those sent it has under the notice's id

export class Composer {
  /** @type {Outbox<Notice, Draft>} */
  outbox;
  /** @type {string | null} */
  sent = null; // the id of the notice that is waited for
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  waiting;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  leaving; // the line has said that the words are saved, and goes in a moment
  /** @type {Place} */
  place;
  writable = false;
  /** @type {HTMLElement} */
  where;
  /** @type {HTMLElement} */
  kinds;
  /** @type {HTMLTextAreaElement} */
  line;
  /** @type {HTMLButtonElement} */
  button;
  /** @type {HTMLElement} */
  status;
  /** @type {HTMLElement} */
  doubt;
  /** @type {(sure: boolean) => void} */
  decide = () => {};

  /**
   * @param {HTMLElement} host what the line is placed in
   * @param {(anchor: any) => Place | null} placeOf where an anchor is shown now
   * @param {(saved: boolean, focused: boolean) => void} closed is called when the line goes away
   */
  constructor(host, placeOf, closed) {
    this.host = host;
    this.placeOf = placeOf;
    this.closed = closed;
    this.node = this.#build();
    host.append(this.node);
  }

  get isOpen() {
    return !this.node.hidden;
  }

  get isBusy() {
    return Boolean(this.sent || this.leaving);
  }

  get hasWords() {
    return this.isOpen && this.line.value.trim() !== '';
  }

  /**
   * New data from the server: what became of what was sent.
   * @param {Writable} data
   * @param {(event: string, parcel: Parcel<Notice>) => void} send
   */
  update({key, kinds, writable, answers}, send) {
    this.writable = writable;
    if (!this.kinds.childElementCount) this.#offer(kinds);
    this.outbox ??= new Outbox(key, (at) => (at && at === this.sent ? this.#ask : undefined));
    this.outbox.update(
      answers,
      (parcel) => send('wrote', parcel),
      () => this.#settle(),
    );
    this.#settle();
  }

  /** Once its host is drawn: to the words that were typed when the page was left, or that were refused since. */
  comeBack() {
    if (this.isOpen || !this.writable) return;
    const draft = this.#draft;
    const place = draft?.open ? this.placeOf(draft.anchor) : null;
    if (!draft || !place) return;
    const trouble = this.outbox.troubles.get(draft.at);
    this.#take(draft);
    this.#show({...place, where: draft.where});
    this.#say(trouble ?? '', Boolean(trouble));
  }

  /**
   * Words already typed for another place come along.
   * @param {Place} place
   */
  open(place) {
    if (this.isBusy) return;
    const draft = this.#draft;
    if (draft && !this.line.value) this.#take(draft);
    this.#show(place);
    this.#typed();
    this.line.focus({preventScroll: true});
    this.node.scrollIntoView({block: 'nearest'});
  }

  close(saved = false) {
    if (!this.isOpen) return;
    const focused = this.node.contains(document.activeElement);
    this.node.hidden = true;
    if (saved || this.isBusy) this.line.value = '';
    else this.#keepDraft(false);
    this.#rest();
    this.closed(saved, focused);
  }

  dispose() {
    this.#rest();
    this.outbox?.dispose();
  }

  #rest() {
    clearTimeout(this.waiting);
    clearTimeout(this.leaving);
    this.leaving = undefined;
    this.sent = null;
    this.node.classList.remove('mv-saved');
    this.#busy(false);
  }

  /** @param {Place} place */
  #show(place) {
    this.place = place;
    fill(
      this.where,
      make('span', {text: place.where, title: place.where, class: 'mv-where-text'}),
      (place.actions ?? []).map(({label, title, run}) =>
        make('button', {type: 'button', class: 'mv-quiet', text: label, title, onclick: run}),
      ),
    );
    this.node.hidden = false;
    this.#position(place);
    this.#grow();
  }

  #build() {
    this.where = make('div', {class: 'mv-where'});
    this.kinds = make('div', {class: 'mv-kinds', role: 'radiogroup', 'aria-label': 'Kind of notice'});
    this.line = make('textarea', {
      rows: 1,
      maxlength: 4000,
      placeholder: 'What do you notice?',
      'aria-label': 'What do you notice?',
      enterkeyhint: 'done',
      oninput: () => this.#typed(),
    });
    this.button = make(
      'button',
      {type: 'button', class: 'mv-save', 'aria-label': 'Save', title: 'Save (Enter)', onclick: () => this.save()},
      make('span', {class: 'mv-enter', 'aria-hidden': 'true'}),
    );
    this.status = make('div', {class: 'mv-status', role: 'status'});
    this.doubt = make(
      'div',
      {class: 'mv-doubt', hidden: true},
      make('button', {
        type: 'button',
        class: 'mv-quiet mv-keep-it',
        text: 'Save anyway',
        onclick: () => this.decide(true),
      }),
      make('button', {
        type: 'button',
        class: 'mv-quiet mv-edit-it',
        text: 'Edit',
        onclick: () => this.decide(false),
      }),
    );
    const node = make(
      'div',
      {
        class: 'mv-composer',
        role: 'dialog',
        'aria-label': 'Write what you notice',
        hidden: true,
        onkeydown: (event) => this.#key(event),
      },
      this.where,
      this.kinds,
      make('div', {class: 'mv-line'}, this.line, this.button),
      this.status,
      this.doubt,
    );
    for (const kind of ['pointerdown', 'pointermove', 'pointerup', 'click', 'dblclick', 'keyup', 'wheel']) {
      node.addEventListener(kind, (event) => event.stopPropagation());
    }
    return node;
  }

  /** @param {string[]} kinds */
  #offer(kinds) {
    const name = `kind-${newId()}`;
    fill(
      this.kinds,
      kinds.map((kind, place) =>
        make(
          'label',
          {class: `mv-kind mv-kind-${kind.split(' ')[0]}`},
          make('input', {
            type: 'radio',
            name,
            value: kind,
            checked: place === 0,
            onchange: () => this.#typed(),
            onclick: ({detail}) => detail && this.line.focus(),
          }),
          make('span', {text: kind}),
        ),
      ),
    );
  }

  /** @param {string} kind */
  #choose(kind) {
    const input = this.#inputs.find((each) => each.value === kind);
    if (input) input.checked = true;
  }

  get #inputs() {
    return [...this.kinds.querySelectorAll('input')];
  }

  get #kind() {
    return this.#inputs.find((each) => each.checked)?.value ?? '';
  }

  /** What is written, of which kind, and what it hangs on. */
  get #words() {
    return {text: this.line.value, kind: this.#kind, anchor: this.place.anchor};
  }

  /** What one was typing; else words that came back, refused. */
  get #draft() {
    return this.outbox.draft(LINE) ?? this.outbox.drafts.values().next().value;
  }

  #typed() {
    if (this.isBusy) return;
    this.#keepDraft(true);
    this.#grow();
    this.#say('');
  }

  /** @param {boolean} open */
  #keepDraft(open) {
    const draft = {...this.#words, at: LINE, where: this.place.where, open};
    this.outbox.setDraft(LINE, draft.text ? draft : null);
  }

  /**
   * Into the line; from then on it is what one is typing.
   * @param {Draft} draft
   */
  #take(draft) {
    this.line.value = draft.text;
    this.#choose(draft.kind);
    this.outbox.setDraft(draft.at, null);
    this.outbox.setDraft(LINE, {...draft, at: LINE});
  }

  #grow() {
    this.line.style.height = 'auto';
    this.line.style.height = `${Math.min(this.line.scrollHeight, 140)}px`;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      this.close();
    } else if (
      event.key === 'Enter' &&
      !event.shiftKey &&
      !event.isComposing &&
      event.target !== this.button &&
      !around(event, '.mv-quiet')
    ) {
      event.preventDefault();
      this.save();
    }
  }

  save() {
    const words = {...this.#words, text: this.line.value.trim()};
    if (!words.text) {
      this.#say('A few words, then Enter.');
      this.line.focus();
      return;
    }
    if (this.isBusy) return;
    const id = newId();
    this.sent = id;
    this.#wait();
    this.outbox.setDraft(LINE, null);
    this.outbox.add([{type: 'noticed', id, ...words}], {...words, at: id, where: this.place.where, open: true});
  }

  #wait() {
    this.#busy(true);
    this.#say('Saving …');
    clearTimeout(this.waiting);
    const late = 'Not confirmed yet. Your text is safe here, and is sent again.';
    this.waiting = setTimeout(() => this.#say(late, true), PATIENCE);
  }

  /** What became of the words that are waited for; nothing as long as they are under way. */
  #settle() {
    if (!this.sent || this.outbox.holds(this.sent)) return;
    const draft = this.outbox.draft(this.sent);
    const trouble = this.outbox.troubles.get(this.sent);
    this.#rest();
    if (draft) this.#giveBack(draft, trouble);
    else this.#saved();
  }

  /**
   * @param {Draft} draft
   * @param {string} [trouble]
   */
  #giveBack(draft, trouble = '') {
    this.#take(draft);
    this.#say(trouble, trouble !== '');
    this.line.focus({preventScroll: true});
  }

  #saved() {
    this.#say('Saved');
    this.node.classList.add('mv-saved');
    this.line.value = '';
    this.leaving = setTimeout(() => this.close(true), 700);
  }

  /**
   * Below the words that are waited for.
   * @type {Ask}
   */
  #ask = (says, decide) => {
    clearTimeout(this.waiting);
    this.#say(says, true);
    this.doubt.hidden = false;
    this.doubt.scrollIntoView({block: 'nearest'});
    const edit = this.doubt.querySelector('button:last-child');
    if (edit instanceof HTMLElement) edit.focus({preventScroll: true});
    this.decide = (sure) => {
      if (sure) this.#wait();
      decide(sure);
    };
    return () => {
      this.doubt.hidden = true;
    };
  };

  /** @param {boolean} busy */
  #busy(busy) {
    this.node.classList.toggle('mv-busy', busy);
    this.line.readOnly = busy;
  }

  /** @param {string} text */
  #say(text, trouble = false) {
    this.status.textContent = text;
    this.doubt.hidden = true;
    this.status.classList.toggle('mv-trouble', trouble);
  }

  /**
   * Beside the place, inside the host.
   * @param {Place} place
   */
  #position({left, top}) {
    const room = this.host.clientWidth;
    const width = Math.min(380, room);
    this.node.style.width = `${width}px`;
    this.node.style.left = `${clamp(left - width / 2, 0, Math.max(0, room - width))}px`;
    this.node.style.top = `${top}px`;
  }
}
