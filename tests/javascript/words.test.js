// Names and words: cut, found on the page, and told apart.

import assert from 'node:assert/strict';
import test from 'node:test';
import {blindId, newId} from '../../dashboards/components/browser/ids.js';
import {expression} from '../../dashboards/glossary/underlining.js';
import {shortened} from '../../dashboards/practice/matrix/graph.js';

const found = (names, page) => {
  const words = expression(names.map((name) => ({name})));
  return [...page.matchAll(words)].map(([word]) => word);
};

test('a name that fits is left alone; a longer one is cut in its middle', () => {
  assert.equal(shortened('checkout'), 'checkout');
  const cut = shortened('recommendation-service-primary');
  assert.equal([...cut].length, 19);
  assert.ok(cut.startsWith('recommen…') && cut.endsWith('ce-primary'), cut);
});

test('a letter of two halves is not cut in two', () => {
  assert.ok(shortened('🛒'.repeat(30)).isWellFormed());
});

test('an explained word is found in small and in large letters, and with a plural s', () => {
  assert.deepEqual(found(['ingress'], 'Ingress and INGRESS'), ['Ingress', 'INGRESS']);
  assert.deepEqual(found(['pod'], 'two pods, a pod.'), ['pods', 'pod']);
});

test('of two words that fit it is the longer one', () => {
  assert.deepEqual(found(['error', 'error budget'], 'the error budget'), ['error budget']);
});

test('a part of a name or of a word is none', () => {
  assert.deepEqual(found(['pod', 'ingress'], 'podium ingress/nginx-pod pod_name api.pod:80 ingress.nginx'), []);
});

test('letters that mean something in an expression mean themselves', () => {
  assert.deepEqual(found(['a.b (c)', 'p99'], 'axb (c), a.b (c) p99'), ['a.b (c)', 'p99']);
  assert.deepEqual(found(['c++'], 'in c++ it'), ['c++']);
});

test('without words there is nothing to look for', () => {
  assert.equal(expression([]), null);
});

test('ids are UUIDs of version 7, told apart, and sorted by when they were made', async () => {
  const early = newId();
  await new Promise((done) => setTimeout(done, 5));
  const late = newId();
  assert.match(early, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(early < late);
});

test('ids that shall not tell when they were made are of version 4', () => {
  const ids = new Set(Array.from({length: 50}, blindId));
  assert.equal(ids.size, 50);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
