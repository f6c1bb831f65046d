import assert from 'node:assert/strict';
import test from 'node:test';

import {geometry} from './figures.js';

test('a time and its pixel are each told by the other', () => {
  const chart = geometry();
  assert.deepEqual([chart.x(0), chart.x(1_000_000)], [50, 1050]);
  for (const at of [0, 1, 333_333, 999_999]) assert.ok(Math.abs(chart.timeAt(chart.x(at)) - at) < 1e-6);
});

test('a value lies between the bottom and the top of its panel', () => {
  const chart = geometry({panels: 2});
  assert.deepEqual([chart.y(0, 'y'), chart.y(100, 'y')], [220, 20]);
  assert.deepEqual([chart.y(0, 'y2'), chart.y(50, 'y2'), chart.y(100, 'y2')], [420, 320, 220]);
});

test('panels are in the order in which they are seen', () => {
  const names = geometry({panels: 3}).panels.map(({name}) => name);
  assert.deepEqual(names, ['y', 'y2', 'y3']);
});

test('a row beside all panels belongs to the nearest', () => {
  const chart = geometry({panels: 2});
  assert.deepEqual(
    [-100, 21, 219, 221, 900].map((y) => chart.panelAt(y)),
    ['y', 'y', 'y', 'y2', 'y2'],
  );
});

test('a panel nobody knows is the first', () => {
  assert.equal(geometry({panels: 2}).panel('y7').name, 'y');
});

test('a pixel beside the chart is drawn to its edge', () => {
  const chart = geometry();
  assert.deepEqual(
    [-5, 50, 700, 2000].map((x) => chart.clampX(x)),
    [50, 50, 700, 1050],
  );
});
