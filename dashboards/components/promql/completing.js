// What is offered while one types PromQL: Prometheus' own mode knows the grammar, the server knows the words.
//
// The server answers with the best few of many words. While there are more of them, it is asked again with each
// letter; once all are here, the editor chooses among them by itself.

/**
 * @import {Completion, CompletionContext, CompletionResult} from '@codemirror/autocomplete'
 * @import {Ask, Question, Word} from './vocabulary.js'
 *
 * @typedef {{name: string, type: number, value: string}} Matcher
 */

import {EqlRegex, EqlSingle, HybridComplete, Neq, NeqRegex, syntaxTree} from './codemirror.js';

const OPERATORS = new Map([
  [EqlSingle, '='],
  [Neq, '!='],
  [EqlRegex, '=~'],
  [NeqRegex, '!~'],
]);
const PLAIN_METRIC = /^[A-Za-z_:][\w:]*$/;
const PLAIN_LABEL = /^[A-Za-z_]\w*$/;
const DOTTED = /[A-Za-z_:][\w:]*(?:\.[\w:]*)+/; // how a name that has to stand in quotes is begun without them
const METRIC_IN_QUOTES = /\{\s*"([^"{}]+)"[^{}]*$/;
const VALUES_SHOWN = 9;

/** @param {string} text */
const quoted = (text) => `"${text.replace(/["\\]/g, '\\$&')}"`;

/**
 * The series of a metric that also have these labels.
 * @param {string} metric
 * @param {Matcher[]} [matchers]
 */
export function selector(metric, matchers = []) {
  const named = metric ? [`__name__=${quoted(metric)}`] : [];
  const told = matchers.filter(({type, value}) => value && OPERATORS.has(type));
  const parts = [...named, ...told.map(({name, type, value}) => `${name}${OPERATORS.get(type)}"${value}"`)];
  return parts.length ? `{${parts.join(',')}}` : '';
}

/** What one completion asks the server, and whether all of it came; the client that Prometheus' mode wants. */
class Client {
  /** @type {Question | undefined} */
  asked;
  /** @type {Word[]} */
  words = [];
  all = true;

  /**
   * @param {Ask} ask
   * @param {Surroundings} typed
   * @param {AbortSignal} signal
   */
  constructor(ask, typed, signal) {
    this.ask = ask;
    this.typed = typed;
    this.signal = signal;
  }

  /** @param {Question} question */
  async names(question) {
    this.asked = question;
    const {words, all} = await this.ask(question, this.signal);
    this.words = words;
    this.all &&= all;
    return words.map(([name]) => name);
  }

  metricNames(typed = '') {
    return this.names({what: 'metrics', typed});
  }

  metricMetadata() {
    const told = this.words.filter(([, kind, help]) => kind || help);
    return Promise.resolve(Object.fromEntries(told.map(([name, type, help]) => [name, [{type, help}]])));
  }

  labelNames(metric = '') {
    return this.names({what: 'labels', typed: this.typed.name, matching: selector(metric || this.typed.metric)});
  }

  /**
   * @param {string} label
   * @param {string} [metric]
   * @param {Matcher[]} [matchers]
   */
  labelValues(label, metric = '', matchers = []) {
    const others = matchers.filter(({name}) => name !== label);
    const matching = selector(metric || this.typed.metric, others);
    return this.names({what: 'values', typed: this.typed.value, label, matching});
  }

  series() {
    return Promise.resolve([]);
  }

  flags() {
    return Promise.resolve({});
  }
}

/**
 * What stands before the cursor: the name that is being typed, what has been typed within quotes, and the metric
 * where it is written in quotes.
 * @typedef {{name: string, value: string, metric: string}} Surroundings
 *
 * @param {CompletionContext} context
 * @returns {Surroundings}
 */
function surroundings(context) {
  const before = context.state.sliceDoc(0, context.pos);
  return {
    name: context.matchBefore(/[\w.]+/)?.text ?? '',
    value: context.matchBefore(/[^"'`]*/)?.text ?? '',
    metric: METRIC_IN_QUOTES.exec(before)?.[1] ?? metricGrouped(context),
  };
}

/**
 * The metric whose series are grouped where the cursor is: `sum by (|) (rate(metric[5m]))`.
 * @param {CompletionContext} context
 */
function metricGrouped({state, pos}) {
  let node = syntaxTree(state).resolveInner(pos, -1);
  while (node.parent && node.name !== 'AggregateExpr') node = node.parent;
  let found = '';
  node.cursor().iterate(({name, from, to, node: {parent}}) => {
    if (!found && name === 'Identifier' && parent?.name === 'VectorSelector') found = state.sliceDoc(from, to);
  });
  return node.name === 'AggregateExpr' ? found : '';
}

/**
 * @param {CompletionContext} context
 */
function inQuotes({state, pos}) {
  return syntaxTree(state).resolveInner(pos, -1).name.includes('String');
}

/**
 * @param {Word} word
 * @returns {Completion}
 */
function metric([label, detail, info]) {
  const apply = PLAIN_METRIC.test(label) ? label : `{${quoted(label)}}`;
  return {label, detail, info: info || undefined, type: 'constant', apply};
}

/**
 * Names that have to stand in quotes are put into them.
 * @param {Completion} option
 * @param {boolean} isMetric
 * @param {boolean} quotes whether they stand there already
 * @returns {Completion}
 */
function written(option, isMetric, quotes) {
  if (option.type !== 'constant' || quotes) return option;
  if (isMetric) return PLAIN_METRIC.test(option.label) ? option : {...option, apply: `{${quoted(option.label)}}`};
  return PLAIN_LABEL.test(option.label) ? option : {...option, apply: quoted(option.label)};
}

/**
 * A few values of a label, for who wonders what it holds.
 * @param {Ask} ask
 * @param {string} label
 * @param {string} matching
 */
async function values(ask, label, matching) {
  const {words, all} = await ask({what: 'values', typed: '', label, matching});
  const shown = words.slice(0, VALUES_SHOWN).map(([name]) => name);
  const more = all && words.length === shown.length ? '' : ', …';
  const node = document.createElement('p');
  node.textContent = shown.length ? shown.join(', ') + more : 'no values now';
  return node;
}

/**
 * @param {Ask} ask
 * @param {Client} client
 * @param {boolean} quotes
 * @returns {(option: Completion) => Completion}
 */
function offered(ask, client, quotes) {
  const about = client.asked?.what;
  return (option) => {
    const fit = written(option, about === 'metrics', quotes);
    if (about !== 'labels' || fit.type !== 'constant') return fit;
    return {...fit, info: () => values(ask, fit.label, client.asked?.matching ?? '')};
  };
}

/**
 * Completion that asks by `ask`.
 * @param {Ask} ask
 * @returns {(context: CompletionContext) => Promise<CompletionResult | null>}
 */
export function completing(ask) {
  return async (context) => {
    const quotes = inQuotes(context);
    const stop = new AbortController();
    context.addEventListener('abort', () => stop.abort());
    const dotted = quotes ? null : context.matchBefore(DOTTED);
    if (dotted) {
      const {words, all} = await ask({what: 'metrics', typed: dotted.text}, stop.signal);
      return {from: dotted.from, options: words.map(metric), validFor: all ? /^[\w:.]+$/ : undefined};
    }
    const client = new Client(ask, surroundings(context), stop.signal);
    const result = await new HybridComplete(client, Number.POSITIVE_INFINITY).promQL(context);
    if (!result) return null;
    const options = result.options.map(offered(ask, client, quotes));
    return {...result, options, validFor: client.all ? result.validFor : undefined};
  };
}
