// The order in which the stops of a draft will be, and where one that is dragged would land.

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {foreseen, landing} from '../../dashboards/drafts/stops_foreseen.js';

const stops = ['a', 'b', 'c'].map((slug) => ({slug, question: slug, looks: ''}));
const after = (...entries) => foreseen(stops, entries).map(({slug}) => slug);

test('a stop moves to a place among the others', () => {
  assert.deepEqual(after({type: 'moved', stop: 'a', to: 1}), ['b', 'a', 'c']);
  assert.deepEqual(after({type: 'moved', stop: 'a', to: 2}), ['b', 'c', 'a']);
  assert.deepEqual(after({type: 'moved', stop: 'c', to: 0}), ['c', 'a', 'b']);
  assert.deepEqual(after({type: 'moved', stop: 'c', to: 9}), ['a', 'b', 'c']);
});

test('what is removed is gone, and what is not there changes nothing', () => {
  assert.deepEqual(after({type: 'removed', stop: 'b'}, {type: 'moved', stop: 'b', to: 0}), ['a', 'c']);
  assert.deepEqual(after({type: 'removed', stop: 'x'}), ['a', 'b', 'c']);
});

test('what is held lands below as many of the others as lie above it', () => {
  assert.equal(landing(5, [10, 30]), 0);
  assert.equal(landing(20, [10, 30]), 1);
  assert.equal(landing(99, [10, 30]), 2);
  assert.equal(landing(1, []), 0);
});
