// One's own answers of a question round. What one types, and which answers are one's own, stays in this tab.

/**
 * @import {Answers as Answered} from '../../components/browser/outbox.js'
 * @import {Component, Send} from '../../components/browser/streamlit.js'
 */

import {fill, living, make} from '../../components/browser/dom.js';
import {blindId} from '../../components/browser/ids.js';
import {Outbox} from '../../components/browser/outbox.js';

/**
 * @typedef {{id: string, text: string}} Answer  without words it is taken back
 * @typedef {Answer & {type: 'answered'}} Entry
 */

/**
 * @typedef {object} Data
 * @property {string} key
 * @property {boolean} anonymous
 * @property {boolean} revealed
 * @property {Answer[]} mine
 * @property {Answered} answers
 */

/**
 * Words that somebody is at; `answer` is the one that is being said better.
 * @typedef {{at: string, text: string, answer: string | null}} Draft
 */

/** @type {Map<string, [start: number, end: number]>} */
const typing = new Map(); // by component key: where the caret was, so that a remount of the component moves nobody

/** Answers that this tab alone knows to be its own; they outlive a reload, not the tab. */
class Own {
  /** @param {string} key */
  constructor(key) {
    this.place = `morning-vistas/own/${key}`;
    /** @type {Map<string, string>} */
    this.answers = new Map();
    try {
      this.answers = new Map(JSON.parse(sessionStorage.getItem(this.place) ?? '[]'));
    } catch {
      // a browser that keeps nothing: then they live as long as the page
    }
  }

  /** @param {Answer} answer */
  keep({id, text}) {
    if (text) this.answers.set(id, text);
    else this.answers.delete(id);
    try {
      sessionStorage.setItem(this.place, JSON.stringify([...this.answers]));
    } catch {
      // as above
    }
  }
}

class Answers {
  /** @type {Data} */
  data;
  /** @type {Outbox<Entry, Draft>} */
  outbox;
  /** @type {Own} */
  own;
  /** @type {HTMLTextAreaElement} */
  line;
  /** @type {string | null} */
  changing = null; // the answer that is being said better
  state = ''; // what was drawn last

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.list = make('ul', {class: 'mv-own-answers', 'aria-label': 'Your answers'});
    this.line = make('textarea', {
      rows: '3',
      maxlength: '4000',
      'aria-label': 'Your answer',
      oninput: () => this.typed(),
      onkeydown: (event) => this.key(event),
    });
    this.save = make('button', {type: 'button', class: 'mv-keep', onclick: () => this.keep()});
    this.stop = make('button', {
      type: 'button',
      class: 'mv-plain',
      text: 'Cancel',
      onclick: () => this.begin(null),
    });
    this.status = make('div', {class: 'mv-status', role: 'status'});
    this.promise = make('span', {class: 'mv-promise'});
    this.root = make(
      'div',
      {class: 'mv-root mv-answers'},
      this.list,
      make(
        'div',
        {class: 'mv-answer-box'},
        this.line,
        make('div', {class: 'mv-answer-foot'}, this.promise, this.stop, this.save),
      ),
      this.status,
    );
    parent.append(this.root);
    for (const event of ['focus', 'keyup', 'pointerup', 'input'])
      this.line.addEventListener(event, () => this.here());
    this.line.addEventListener('blur', () =>
      setTimeout(
        () => this.root.isConnected && document.activeElement !== this.line && typing.delete(this.data.key),
      ),
    );
  }

  /**
   * @param {Data} data
   * @param {Send} send
   */
  update(data, send) {
    this.data = data;
    if (!this.outbox) this.open(data.key);
    const sent = [...this.outbox.items.values()];
    this.outbox.update(
      data.answers,
      (items) => send('wrote', items),
      () => this.update(this.data, send),
    );
    const kept = sent.filter(({id}) => data.answers[id] === null);
    if (data.anonymous) for (const each of kept.flatMap(({entries}) => entries)) this.own.keep(each);
    if (!this.line.value) this.restore();
    if (this.stands && this.changing) this.changing = null; // what one was saying better is now an answer of its own
    this.draw();
    this.comeBack();
  }

  /** Without names an answer is nobody's any more once it was revealed, so that nobody changes it. */
  get stands() {
    return this.data.anonymous && this.data.revealed;
  }

  /** @param {string} key */
  open(key) {
    this.outbox = new Outbox(key);
    this.own = new Own(key);
    this.restore();
  }

  /** The words one had begun; else such as were refused. */
  restore() {
    const refused = [...this.outbox.drafts.values()].find((draft) => draft.at !== 'line');
    const draft = this.outbox.draft('line') ?? refused;
    this.line.value = draft?.text ?? '';
    this.changing = draft?.answer ?? null;
    if (!draft || draft !== refused) return;
    this.outbox.setDraft(draft.at, null);
    this.typed();
  }

  here() {
    typing.set(this.data.key, [this.line.selectionStart, this.line.selectionEnd]);
  }

  comeBack() {
    const caret = typing.get(this.data.key);
    if (!caret || document.activeElement !== document.body) return;
    this.line.focus({preventScroll: true});
    this.line.setSelectionRange(...caret);
  }

  dispose() {
    this.outbox?.dispose();
    this.root.remove();
  }

  /** One's own answers as they will be once everything sent has arrived. */
  mine() {
    const known = this.data.anonymous ? this.own.answers : new Map(this.data.mine.map(({id, text}) => [id, text]));
    const all = new Map(known);
    for (const {id, text} of this.outbox.entries) {
      if (text) all.set(id, text);
      else all.delete(id);
    }
    return all;
  }

  draw() {
    const mine = this.mine();
    const {anonymous, revealed} = this.data;
    const state = JSON.stringify([[...mine], this.changing, revealed]);
    if (state !== this.state)
      fill(
        this.list,
        [...mine].map(([id, text]) => this.one(id, text)),
      );
    this.state = state;
    this.list.hidden = !mine.size;
    const hint = mine.size
      ? 'Another answer, if you like'
      : 'Write what comes to mind. Nobody sees it before the reveal.';
    this.line.placeholder = revealed ? 'Something to add? It is shown right away.' : hint;
    this.save.textContent = this.changing ? 'Save' : 'Save this answer';
    this.stop.hidden = !this.changing;
    this.promise.textContent = anonymous
      ? 'Without your name. Only this tab knows which answers are yours.'
      : 'With your name, once revealed.';
    this.status.textContent = [...this.outbox.troubles.values()].at(-1) ?? '';
    this.enabled();
  }

  /**
   * @param {string} id
   * @param {string} text
   */
  one(id, text) {
    const begun = id === this.changing;
    if (this.stands) return make('li', {}, make('p', {text}));
    return make(
      'li',
      {class: begun ? 'mv-changing' : ''},
      make('p', {text}),
      make(
        'div',
        {class: 'mv-answer-acts'},
        make('button', {
          type: 'button',
          class: 'mv-plain',
          text: 'Edit',
          'aria-label': `Edit: ${text}`,
          onclick: () => this.begin(id, text),
        }),
        make('button', {
          type: 'button',
          class: 'mv-plain',
          text: 'Withdraw',
          'aria-label': `Withdraw: ${text}`,
          onclick: () => this.takeBack(id),
        }),
      ),
    );
  }

  enabled() {
    this.save.disabled = !this.line.value.trim();
  }

  typed() {
    this.outbox.setDraft(
      'line',
      this.line.value || this.changing ? {at: 'line', text: this.line.value, answer: this.changing} : null,
    );
    this.enabled();
  }

  /**
   * Put an answer into the line to be said better; without one, an empty line.
   * @param {string | null} id
   */
  begin(id, text = '') {
    this.changing = id;
    this.line.value = text;
    this.typed();
    this.draw();
    this.line.focus({preventScroll: true});
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.keep();
    } else if (event.key === 'Escape' && this.changing) {
      event.preventDefault();
      this.begin(null);
    }
  }

  keep() {
    const text = this.line.value.trim();
    if (!text) return;
    const id = this.changing ?? blindId();
    const draft = {at: id, text, answer: this.changing};
    this.changing = null;
    this.line.value = '';
    this.outbox.setDraft('line', null);
    this.send(id, text, draft);
    this.line.focus({preventScroll: true});
  }

  /** @param {string} id */
  takeBack(id) {
    this.send(id, '');
    if (id === this.changing) this.begin(null);
    else this.line.focus({preventScroll: true});
  }

  /**
   * @param {string} id
   * @param {string} text
   * @param {Draft} [draft]
   */
  send(id, text, draft) {
    this.outbox.troubles.clear();
    this.outbox.add([{type: 'answered', id, text}], draft);
    this.draw();
  }
}

/** @param {Component<Data>} component */
export default function ({data, parentElement, setTriggerValue}) {
  return living(
    parentElement,
    'answers',
    (element) => new Answers(element),
    (answers) => answers.update(data, setTriggerValue),
  );
}
