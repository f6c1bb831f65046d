import assert from 'node:assert/strict';
import test from 'node:test';

import {dragged} from '../../dashboards/components/chart/selection.js';
import {readSeries, runAt} from '../../dashboards/components/chart/series.js';
import {valuesAt} from '../../dashboards/components/chart/tip.js';
import {geometry} from './figures.js';

const run = (start, end, word, quiet = false) => ({start, end, word, quiet, colour: '#000000'});
const row = (name, ...runs) => ({
  y: runs.flatMap(() => [0, 0]),
  x: runs.flatMap(({start, end}) => [start, end - 1]),
  meta: {name, labels: {name}, runs},
});
const read = (...rows) => readSeries({data: rows});

test('a moment is of the run that it lies in, and of none in a gap', () => {
  const [node] = read(row('a', run(0, 10, 'up', true), run(20, 30, 'down')));
  assert.equal(runAt(node, 9).word, 'up');
  assert.equal(runAt(node, 15), null);
  assert.equal(runAt(node, 20).word, 'down');
  assert.equal(runAt(node, 30).word, 'down', 'the end of the window is of the last run');
});

test('only what is not as usual is told, what one points at always, and the others counted', () => {
  const all = read(
    row('a', run(0, 10, 'up', true)),
    row('b', run(0, 10, 'down')),
    row('c', run(0, 10, 'up', true)),
  );
  const told = valuesAt(all, 5, all[2]);
  assert.deepEqual(
    told.shown.map(({series}) => series.name),
    ['b', 'c'],
  );
  assert.equal(told.more, 1);
});

test('a drag within a long run marks its row', () => {
  const chart = geometry();
  const all = read(row('a', run(0, 100_000, 'up', true)));
  const {series} = dragged(all, chart, {left: chart.x(40_000), right: chart.x(50_000), top: 12, bottom: 14});
  assert.deepEqual(series, [], 'of one row it is all');
});
