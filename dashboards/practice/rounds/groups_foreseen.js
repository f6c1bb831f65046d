// Which cards are in which group once everything sent has arrived.

/**
 * Where cards are that are in no group has no name and no id.
 * @typedef {{id: string, text: string, by: string}} Card
 * @typedef {{id: string, name: string, cards: Card[]}} Group
 * @typedef {{id: string | null, name: string, cards: Card[]}} Known  as the server knows it
 */

/**
 * What somebody did. A group without a name is dissolved; a card in no group is loose.
 * @typedef {{type: 'grouped', answer: string, group: string | null}} Grouped
 * @typedef {{type: 'group-named', group: string, name: string}} GroupNamed
 * @typedef {Grouped | GroupNamed} Entry
 */

export const LOOSE = ''; // where cards are that are in no group

/**
 * The groups as they will be, the loose cards first.
 * @param {Known[]} groups
 * @param {Entry[]} entries
 * @returns {Group[]}
 */
export function foreseen(groups, entries) {
  const names = new Map(groups.flatMap(({id, name}) => (id ? [[id, name]] : [])));
  const cards = groups.flatMap((group) => group.cards);
  const placed = new Map(groups.flatMap(({id, cards: here}) => here.map((card) => [card.id, id ?? LOOSE])));
  for (const entry of entries) {
    if (entry.type === 'grouped') group(entry, names, placed);
    else if (entry.name) names.set(entry.group, entry.name);
    else names.delete(entry.group);
  }
  /** @param {Card} card */
  const whereabouts = ({id}) => {
    const there = placed.get(id) ?? LOOSE;
    return names.has(there) ? there : LOOSE;
  };
  return [[LOOSE, ''], ...names].map(([id, name]) => ({
    id,
    name,
    cards: cards.filter((card) => whereabouts(card) === id),
  }));
}

/**
 * Put a card where it shall be, if the card and the group are known.
 * @param {Grouped} entry
 * @param {Map<string, string>} names
 * @param {Map<string, string>} placed
 */
function group({answer, group}, names, placed) {
  if (placed.has(answer) && (group === null || names.has(group))) placed.set(answer, group ?? LOOSE);
}
