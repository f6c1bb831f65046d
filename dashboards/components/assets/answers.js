// One's own answers of a question round. What one types, and which answers are one's own, stays in this tab.

import {fill, living, make} from './dom.js';
import {Outbox} from './outbox.js';

const typing = new Map();      // by component key: where the caret was, so that a remount of the component moves nobody

/** A random id (UUID version 4): one with a time in it would tell when an answer was written. */
function blindId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Answers that this tab alone knows to be its own; they outlive a reload, not the tab. */
class Own {
  constructor(key) {
    this.place = `morning-vistas/own/${key}`;
    try {
      this.answers = new Map(JSON.parse(sessionStorage.getItem(this.place)) ?? []);
    } catch {
      this.answers = new Map();        // a browser that keeps nothing: then they live as long as the page
    }
  }

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
  constructor(parent) {
    this.list = make('ul', {class: 'mv-own-answers', 'aria-label': 'Your answers'});
    this.line = make('textarea', {rows: '3', maxlength: '4000', 'aria-label': 'Your answer', oninput: () => this.typed(), onkeydown: (event) => this.key(event)});
    this.save = make('button', {type: 'button', class: 'mv-keep', onclick: () => this.keep()});
    this.stop = make('button', {type: 'button', class: 'mv-plain', text: 'Leave it as it was', onclick: () => this.begin(null)});
    this.status = make('div', {class: 'mv-status', role: 'status'});
    this.promise = make('span', {class: 'mv-promise'});
    this.root = make('div', {class: 'mv-root mv-answers'}, this.list,
      make('div', {class: 'mv-answer-box'}, this.line, make('div', {class: 'mv-answer-foot'}, this.promise, this.stop, this.save)), this.status);
    parent.append(this.root);
    for (const event of ['focus', 'keyup', 'pointerup', 'input']) this.line.addEventListener(event, () => this.here());
    this.line.addEventListener('blur', () => setTimeout(() => this.root.isConnected && document.activeElement !== this.line && typing.delete(this.data.key)));
  }

  update(data, send) {
    this.data = data;
    if (!this.outbox) this.open(data.key);
    const sent = [...this.outbox.items.values()];
    this.outbox.update(data.answers, (items) => send('wrote', items));
    if (data.anonymous) for (const {id, entries} of sent) if (data.answers[id] === null) entries.forEach((each) => this.own.keep(each));
    if (!this.line.value) this.restore();
    this.draw();
    this.comeBack();
  }

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
    const mine = this.mine(), {anonymous, revealed} = this.data;
    const state = JSON.stringify([[...mine], this.changing]);
    if (state !== this.state) fill(this.list, [...mine].map(([id, text]) => this.one(id, text)));
    this.state = state;
    this.list.hidden = !mine.size;
    this.line.placeholder = revealed ? 'Something to add? It is shown at once.' : mine.size ? 'Another answer, if you like' : 'Write what comes to mind. Nobody sees it before the reveal.';
    this.save.textContent = this.changing ? 'Keep the change' : 'Keep this answer';
    this.stop.hidden = !this.changing;
    this.promise.textContent = anonymous ? 'Without your name. Only this tab knows which answers are yours.' : 'With your name, once revealed.';
    this.status.textContent = [...this.outbox.troubles.values()].at(-1) ?? '';
    this.enabled();
  }

  one(id, text) {
    const begun = id === this.changing;
    return make('li', {class: begun ? 'mv-changing' : ''}, make('p', {text}), make('div', {class: 'mv-answer-acts'},
      make('button', {type: 'button', class: 'mv-plain', text: 'Change', 'aria-label': `Change: ${text}`, onclick: () => this.begin(id, text)}),
      make('button', {type: 'button', class: 'mv-plain', text: 'Take back', 'aria-label': `Take back: ${text}`, onclick: () => this.takeBack(id)})));
  }

  enabled() {
    this.save.disabled = !this.line.value.trim();
  }

  typed() {
    this.outbox.setDraft('line', this.line.value || this.changing ? {at: 'line', text: this.line.value, answer: this.changing} : null);
    this.enabled();
  }

  /** Put an answer into the line to be said better; without one, an empty line. */
  begin(id, text = '') {
    this.changing = id;
    this.line.value = text;
    this.typed();
    this.draw();
    this.line.focus({preventScroll: true});
  }

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

  takeBack(id) {
    this.send(id, '');
    if (id === this.changing) this.begin(null);
    else this.line.focus({preventScroll: true});
  }

  send(id, text, draft) {
    this.outbox.troubles.clear();
    this.outbox.add([{does: 'answered', id, text}], draft);
    this.draw();
  }
}

export default function ({data, parentElement, setTriggerValue}) {
  return living(parentElement, 'answers', (element) => new Answers(element), (answers) => answers.update(data, setTriggerValue));
}
