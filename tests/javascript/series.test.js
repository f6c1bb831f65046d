import assert from 'node:assert/strict';
import test from 'node:test';

import {
  extremes,
  inside,
  nearest,
  pointedAt,
  readSeries,
  sample,
} from '../../dashboards/components/chart/series.js';
import {geometry, series} from './figures.js';

const trace = (more) => ({y: [1, 2], x: [0, 10], meta: {name: 'a', labels: {}}, ...more});

test('only traces with labels are series, and cells and bars are none', () => {
  const traces = [trace(), trace({meta: {name: 'band'}}), trace({type: 'heatmap'}), trace({type: 'bar'})];
  assert.deepEqual(
    readSeries({data: traces}).map(({place}) => place),
    [0],
  );
});

test('times may be told by a first one and steps', () => {
  const [read] = readSeries({data: [trace({x: undefined, x0: 100, dx: 5, y: [7, null, 9]})]});
  assert.deepEqual(read.times, [100, 105, 110]);
});

test('the nearest time is found, as by looking at every one', () => {
  const times = [0, 3, 4, 10, 11, 30];
  for (let at = -5; at < 40; at += 0.5) {
    const distances = times.map((time) => Math.abs(time - at));
    assert.equal(distances[nearest(times, at)], Math.min(...distances), `at ${at}`);
  }
});

test('a series is silent where its last sample is long ago', () => {
  const line = series([1, 2, 3]);
  assert.deepEqual(sample(line, 21_000), {index: 2, time: 20_000, value: 3});
  assert.equal(sample(line, 90_000).value, null);
});

test('a series without samples is silent everywhere', () => {
  assert.deepEqual(sample(series([]), 5), {index: -1, time: 5, value: null});
  assert.equal(extremes(series([null, null])), null);
});

test('the lowest, the highest and the last sample are found between gaps', () => {
  const found = extremes(series([null, 5, 1, null, 9, 4, null]));
  assert.deepEqual(
    [found.low, found.high, found.last].map(({value}) => value),
    [1, 9, 4],
  );
  assert.equal(found.last.time, 50_000);
});

test('one points at the nearest line, and at none far away', () => {
  const [low, high] = [series([20, 20, 20]), series([80, 80, 80])];
  const chart = geometry();
  assert.equal(pointedAt([low, high], chart, chart.x(10_000), chart.y(79, 'y')), high);
  assert.equal(pointedAt([low, high], chart, chart.x(10_000), chart.y(50, 'y')), null);
  assert.equal(pointedAt([low, high], chart, chart.x(500_000), chart.y(79, 'y')), null);
});

test('between two samples it is the line that counts', () => {
  const line = series([0, 100], {step: 200_000, gap: 400_000});
  const chart = geometry();
  assert.equal(pointedAt([line], chart, chart.x(100_000), chart.y(50, 'y')), line);
});

test('a quiet line lets others go first', () => {
  const [quiet, loud] = [series([50, 50], {quiet: true}), series([49.5, 49.5])];
  const chart = geometry();
  assert.equal(pointedAt([quiet, loud], chart, chart.x(5_000), chart.y(50, 'y')), loud);
});

test('in a stack it is the band under the pointer', () => {
  const [one, two] = [series([30, 30], {stacked: true}), series([30, 30], {stacked: true})];
  const chart = geometry();
  const at = (value) => pointedAt([one, two], chart, chart.x(5_000), chart.y(value, 'y'));
  assert.deepEqual([at(10), at(45), at(90)], [one, two, null]);
});

test('a line of another panel is never meant', () => {
  const line = series([50, 50], {panel: 'y2'});
  const chart = geometry({panels: 2});
  assert.equal(pointedAt([line], chart, chart.x(5_000), chart.y(50, 'y')), null);
});

test('a box catches the series with a sample in it, and only those', () => {
  const [low, high, gone] = [series([20, 20, 20]), series([80, 80, 80]), series([null, null, null])];
  const chart = geometry();
  const box = {left: chart.x(5_000), right: chart.x(15_000), top: chart.y(90, 'y'), bottom: chart.y(70, 'y')};
  assert.deepEqual(inside([low, high, gone, series([])], chart, box), [high]);
  assert.deepEqual(inside([high], chart, {...box, left: chart.x(11_000), right: chart.x(19_000)}), []);
});
