// What is offered while somebody types a query, with a server that knows a few words.

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {EditorState, PromQLExtension} from '../../dashboards/components/promql/codemirror.js';
import {completing, selector} from '../../dashboards/components/promql/completing.js';

const WORDS = {
  metrics: [
    ['http_requests_total', 'counter', 'Requests.'],
    ['shop.orders', '', ''],
  ],
  labels: [
    ['status', '', ''],
    ['shop.place', '', ''],
  ],
  values: [
    ['200', '', ''],
    ['a "b"', '', ''],
  ],
};

/**
 * What is offered where `|` stands in a query, and what the server was asked for that.
 * @param {string} query
 */
async function offered(query, {all = true} = {}) {
  const asked = [];
  const ask = (question) => {
    asked.push(question);
    return Promise.resolve({words: WORDS[question.what], all});
  };
  const pos = query.indexOf('|');
  const state = EditorState.create({
    doc: query.replace('|', ''),
    extensions: [new PromQLExtension().asExtension()],
  });
  const matchBefore = (expression) => {
    const line = state.sliceDoc(0, pos);
    const at = line.search(new RegExp(`${expression.source}$`));
    return at < 0 ? null : {from: at, to: pos, text: line.slice(at)};
  };
  const result = await completing(ask)({
    state,
    pos,
    explicit: true,
    matchBefore,
    addEventListener() {},
    aborted: false,
  });
  const options = new Map(result.options.map((option) => [option.label, option]));
  return {asked, options, result};
}

test('metrics come with what they mean, beside the functions that the language has', async () => {
  const {asked, options} = await offered('sum(rate(http|');
  assert.deepEqual(asked, [{what: 'metrics', typed: 'http'}]);
  assert.equal(options.get('http_requests_total').detail, 'counter');
  assert.equal(options.get('http_requests_total').info, 'Requests.');
  assert.ok(options.has('histogram_quantile'));
});

test('a name that is no plain one is put into quotes and braces', async () => {
  for (const query of ['sho|', 'shop.|', 'sum(shop.or|'])
    assert.equal((await offered(query)).options.get('shop.orders').apply, '{"shop.orders"}', query);
  const {result} = await offered('sum(shop.or|)');
  assert.equal(result.from, 'sum('.length);
});

test('within quotes that stand there already it is put as it is', async () => {
  const {asked, options} = await offered('{"shop.|"}');
  assert.equal(asked[0].typed, 'shop.');
  assert.notEqual(options.get('shop.orders').apply, '{"shop.orders"}');
});

test('labels are those of the metric before them, whichever way it is written', async () => {
  for (const query of ['http_requests_total{st|}', 'sum by (st|) (http_requests_total)']) {
    const {asked, options} = await offered(query);
    assert.deepEqual(asked, [{what: 'labels', typed: 'st', matching: '{__name__="http_requests_total"}'}], query);
    assert.equal(options.get('shop.place').apply, '"shop.place"');
  }
  const {asked} = await offered('{"shop.orders", st|}');
  assert.equal(asked[0].matching, '{__name__="shop.orders"}');
});

test('values are those of the series that the other matchers leave, and are escaped', async () => {
  const {asked, options} = await offered('http_requests_total{job="a",place="",status="5|"}');
  assert.deepEqual(asked, [
    {what: 'values', typed: '5', label: 'status', matching: '{__name__="http_requests_total",job="a"}'},
  ]);
  assert.equal(options.get('a "b"').apply, 'a \\"b\\"');
});

test('a label shows a few of its values to who stays with it', async () => {
  const {options, asked} = await offered('http_requests_total{st|}');
  assert.equal(typeof options.get('status').info, 'function');
  assert.equal(asked.length, 1);
});

test('the server is asked again with each letter as long as there are more words', async () => {
  assert.ok((await offered('ht|')).result.validFor);
  assert.equal((await offered('ht|', {all: false})).result.validFor, undefined);
});

test('a selector says what a query says', () => {
  assert.equal(selector(''), '');
  assert.equal(selector('a"b'), '{__name__="a\\"b"}');
});
