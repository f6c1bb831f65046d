// What is worked out for tables: which notices belong to a row, and how cells are sorted and searched.

import assert from 'node:assert/strict';
import test from 'node:test';
import {gzipSync} from 'node:zlib';

import {matches} from '../../dashboards/components/browser/row_marks.js';
import {compare, says} from '../../dashboards/components/table/cells.js';
import {unpack} from '../../dashboards/components/table/unpack.js';
import {ZONE} from './figures.js';

const reading = {now: Date.UTC(2026, 10, 23, 6, 30), zone: ZONE, tones: {}};
const column = (shape, unit = 'number') => ({name: 'x', title: 'X', shape, unit});

test('a row is known by its key, in whatever order it is written', () => {
  const row = {at: 'row', key: {namespace: 'shop', pod: 'cart-1'}};
  assert.ok(matches({at: 'row', key: {pod: 'cart-1', namespace: 'shop'}}, row));
  assert.ok(!matches({at: 'row', key: {pod: 'cart-1'}}, row));
});

test('a pattern is known by its words', () => {
  assert.ok(matches({at: 'pattern', pattern: 'GET <path>'}, {at: 'pattern', pattern: 'GET <path>'}));
  assert.ok(!matches({at: 'pattern', pattern: 'GET <path>'}, {at: 'pattern', pattern: 'PUT <path>'}));
});

test('a number is known by any of its series', () => {
  const row = {at: 'stretch', series: [{job: 'a'}]};
  assert.ok(matches({at: 'stretch', series: [{job: 'b'}, {job: 'a'}]}, row));
  assert.ok(!matches({at: 'stretch', series: [{job: 'b'}]}, row));
  assert.ok(!matches({at: 'stretch', series: []}, row));
});

test('a notice on something else is none of a row', () => {
  assert.ok(!matches({at: 'pattern', pattern: 'x'}, {at: 'row', key: {}}));
  assert.ok(!matches({at: 'row', key: {}}, {at: 'stretch', series: []}));
});

test('empty cells come last, whichever way', () => {
  const sorted = (down) => [3, null, 1, undefined, 2, ''].sort((one, other) => compare(one, other, down));
  assert.deepEqual(sorted(false).slice(0, 3), [1, 2, 3]);
  assert.deepEqual(sorted(true).slice(0, 3), [3, 2, 1]);
});

test('names are sorted as one counts', () => {
  assert.deepEqual(
    ['pod-10', 'pod-9', 'Pod-1'].sort((one, other) => compare(one, other, false)),
    ['Pod-1', 'pod-9', 'pod-10'],
  );
});

test('bars are sorted by what they stand for, patterns by their words', () => {
  assert.ok(compare({share: 1, text: '2 s', order: 2}, {share: 0.1, text: '10 s', order: 10}, false) < 0);
  assert.ok(compare({pattern: 'a', sample: null}, {pattern: 'b', sample: null}, true) > 0);
});

test('a cell is searched by what one reads in it', () => {
  assert.equal(says(null, column('text'), reading), '');
  assert.equal(says(0.5, column('share', 'ratio'), reading), '50 %');
  assert.equal(says(90, column('span'), reading), '90 s');
  assert.equal(says('∞', column('number'), reading), '∞');
  assert.equal(says({share: 1, text: '3 s', order: 3}, column('bar'), reading), '3 s');
  assert.equal(says({pattern: 'GET <path>', sample: 'GET /a'}, column('pattern'), reading), 'GET <path>\nGET /a');
  assert.equal(says(reading.now - 60_000, column('time'), reading), '60 s ago Mon, 23 Nov 2026, 06:29:00 WET');
});

test('rows arrive as they were packed', async () => {
  const rows = {
    cells: [
      ['ä', '–'],
      [1, null],
    ],
    anchors: [],
  };
  assert.deepEqual(await unpack(gzipSync(JSON.stringify(rows)).toString('base64')), rows);
});
