// A field for a PromQL query. Ctrl + Enter tries it; what is typed and not tried yet outlives a reload.

/**
 * @import {Component} from '../browser/streamlit.js'
 * @import {KeyBinding} from '@codemirror/view'
 *
 * @typedef {object} Data
 * @property {string} key
 * @property {string} source whose words are offered
 * @property {string} query what was tried last
 * @property {string} tried another one once that is another look
 */

import {living, make} from '../browser/dom.js';
import {
  acceptCompletion,
  autocompletion,
  bracketMatching,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  completionStatus,
  defaultKeymap,
  drawSelection,
  EditorState,
  EditorView,
  history,
  historyKeymap,
  keymap,
  Prec,
  PromQLExtension,
  placeholder,
} from './codemirror.js';
import {completing} from './completing.js';
import {dress} from './dress.js';
import {vocabularyOf} from './vocabulary.js';

const LONGEST = 2000;
const SHOWN = 10; // of what is offered; what is further down comes into view by arrows
const HELP =
  'Ctrl and Enter tries the query. Arrows choose among suggestions, Tab takes one, Escape closes them; ' +
  'pressed again, Escape leaves the field. Without suggestions Tab leaves it, too.';

/** @param {string} key */
const place = (key) => `morning-vistas/query/${key}`;

class Editor {
  key = '';
  source = '';
  tried = '';
  query = '';
  /** @type {(query: string) => void} */
  run = () => {};

  /** @param {HTMLElement} parent */
  constructor(parent) {
    const help = `mv-promql-help-${Math.random().toString(36).slice(2)}`;
    this.button = make('button', {
      type: 'button',
      class: 'mv-go',
      'aria-label': 'Try it',
      title: 'Try it: Ctrl Enter',
      onclick: () => this.try(),
    });
    this.field = make('div', {class: 'mv-promql-field'});
    this.status = make('p', {class: 'mv-promql-status', role: 'status'});
    this.root = make(
      'div',
      {class: 'mv-root mv-promql'},
      make('div', {class: 'mv-promql-line'}, this.field, this.button),
      this.status,
      make('p', {class: 'mv-unseen', text: HELP, 'data-help': help}),
    );
    this.root.querySelector('[data-help]')?.setAttribute('id', help);
    parent.append(this.root);
    this.view = new EditorView({parent: this.field, state: this.state('', help)});
  }

  /**
   * @param {string} query
   * @param {string} help
   */
  state(query, help) {
    const promql = new PromQLExtension().setComplete({
      completeStrategy: {promQL: (context) => completing(vocabularyOf(this.source))(context)},
    });
    return EditorState.create({
      doc: query,
      extensions: [
        Prec.highest(keymap.of(this.keys())),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        // Whoever presses Tab as soon as something is offered means to take it, not to leave the field.
        autocompletion({icons: false, maxRenderedOptions: SHOWN, interactionDelay: 0}),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        placeholder('sum by (job) (rate(http_requests_total[5m]))'),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({'aria-label': 'PromQL', 'aria-describedby': help, spellcheck: 'false'}),
        EditorView.updateListener.of((update) => update.docChanged && this.typed()),
        EditorState.changeFilter.of((change) => change.newDoc.length <= LONGEST),
        promql.asExtension(),
        dress,
      ],
    });
  }

  /** @returns {KeyBinding[]} */
  keys() {
    const tries = {run: () => this.try(), preventDefault: true};
    return [
      {key: 'Ctrl-Enter', ...tries},
      {key: 'Mod-Enter', ...tries},
      {key: 'Tab', run: (view) => acceptCompletion(view) || completionStatus(view.state) === 'active'},
      {key: 'Escape', run: (view) => this.leave(view)},
    ];
  }

  /** @param {EditorView} view */
  leave(view) {
    if (completionStatus(view.state) !== null) return closeCompletion(view);
    this.button.focus();
    return true;
  }

  get text() {
    return this.view.state.doc.toString();
  }

  try() {
    const query = this.text.trim();
    if (!query) this.status.textContent = 'Write a query first, for example up.';
    else {
      closeCompletion(this.view);
      this.status.textContent = '';
      this.query = query;
      this.keep();
      this.run(query);
    }
    return true;
  }

  typed() {
    this.keep();
    this.say();
  }

  say() {
    const changed = this.query !== '' && this.text.trim() !== this.query;
    const says = changed ? 'Changed since it was tried: Ctrl + Enter tries it again.' : '';
    if (this.status.textContent !== says) this.status.textContent = says;
  }

  keep() {
    try {
      if (this.text.trim() === this.query) sessionStorage.removeItem(place(this.key));
      else sessionStorage.setItem(place(this.key), this.text);
    } catch {
      // a browser that keeps nothing: then it lives as long as the page
    }
  }

  /** What was typed here and never tried. */
  kept() {
    try {
      return sessionStorage.getItem(place(this.key)) ?? '';
    } catch {
      return '';
    }
  }

  /**
   * @param {Data} data
   * @param {(query: string) => void} run
   */
  update({key, source, query, tried}, run) {
    const first = this.key !== key;
    const another = this.tried !== tried;
    Object.assign(this, {key, source, run, tried});
    if (!first && !another) return;
    this.query = query;
    this.write((first && this.kept()) || query);
  }

  /** @param {string} query */
  write(query) {
    if (this.text.trim() !== query.trim()) {
      const {length} = this.view.state.doc;
      this.view.dispatch({changes: {from: 0, to: length, insert: query}, selection: {anchor: query.length}});
    }
    this.say();
  }

  dispose() {
    this.view.destroy();
    this.root.remove();
  }
}

/** @param {Component<Data>} component */
export default function ({data, parentElement, setTriggerValue}) {
  return living(
    parentElement,
    'promql',
    (element) => new Editor(element),
    (editor) => editor.update(data, (query) => setTriggerValue('run', {query, at: Date.now()})),
  );
}
