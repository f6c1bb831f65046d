// The order in which stops will be once everything sent has arrived.

/**
 * `looks` says what is looked at there.
 * @typedef {{slug: string, question: string, looks: string}} Stop
 *
 * `to` counts from 0, among the others.
 * @typedef {{type: 'moved', stop: string, to: number}} Moved
 * @typedef {{type: 'removed', stop: string}} Removed
 * @typedef {Moved | Removed} Entry
 */

/**
 * @param {Stop[]} stops
 * @param {Entry[]} entries
 * @returns {Stop[]}
 */
export function foreseen(stops, entries) {
  return entries.reduce((order, entry) => {
    const stop = order.find(({slug}) => slug === entry.stop);
    if (!stop) return order;
    const others = order.filter((each) => each !== stop);
    return entry.type === 'removed' ? others : others.toSpliced(entry.to, 0, stop);
  }, stops);
}

/**
 * Where something would land that is held at a height: before as many of the others as lie above it.
 * @param {number} height
 * @param {number[]} middles of the others, from top to bottom
 */
export const landing = (height, middles) => middles.filter((middle) => middle < height).length;
