/**
 * Discord's documented limits as a checker of its own: it shares nothing with the code that it checks.
 * Each function gives the violations in words; an empty list is a payload that Discord would take.
 */

// biome-ignore lint/suspicious/noExplicitAny: any JSON may come; the checks below are what types it.
type Json = Record<string, any>;

const V2 = 1 << 15;
const SETTABLE_FLAGS = (1 << 2) | (1 << 6) | (1 << 12) | V2;
const TOP_LEVEL = new Set([1, 9, 10, 12, 13, 14, 17]);
const IN_CONTAINER = new Set([1, 9, 10, 12, 13, 14]);

export function checkMessage(payload: Json, files: readonly string[] = []): string[] {
  const wrong: string[] = [];
  const flags = Number(payload.flags ?? 0);
  if (flags & ~SETTABLE_FLAGS) wrong.push(`flags ${flags} cannot be set`);
  if (payload.nonce !== undefined && String(payload.nonce).length > 25)
    wrong.push('nonce longer than 25 characters');
  const mentions = payload.allowed_mentions;
  if (
    !mentions ||
    !Array.isArray(mentions.parse) ||
    mentions.parse.length ||
    mentions.users ||
    mentions.roles
  )
    wrong.push('mentions are not shut off');
  if (!(flags & V2)) {
    if (payload.components?.length) wrong.push('components without the Components V2 flag');
    if (String(payload.content ?? '').length > 2000) wrong.push('content longer than 2000');
    if (!payload.content && !payload.embeds?.length && !files.length) wrong.push('empty message');
    return wrong;
  }
  for (const field of ['content', 'embeds', 'poll', 'sticker_ids'])
    if (payload[field] && payload[field].length !== 0) wrong.push(`${field} beside Components V2`);
  const components = payload.components ?? [];
  if (!Array.isArray(components) || !components.length) wrong.push('no components');
  for (const component of components)
    if (!TOP_LEVEL.has(component.type)) wrong.push(`type ${component.type} at the top`);
  const all: Json[] = components.flatMap(everything);
  if (all.length > 40) wrong.push(`${all.length} components`);
  const text = all.reduce((sum, c) => sum + (c.type === 10 ? [...c.content].length : 0), 0);
  if (text > 4000) wrong.push(`${text} characters of text`);
  const ids = all.flatMap((c) => (typeof c.custom_id === 'string' ? [c.custom_id] : []));
  for (const id of ids) if (id.length < 1 || id.length > 100) wrong.push(`custom_id of ${id.length}: ${id}`);
  if (new Set(ids).size !== ids.length) wrong.push(`a custom_id twice: ${ids.join(' ')}`);
  for (const component of all) checkComponent(component, files, wrong);
  return wrong;
}

function checkComponent(c: Json, files: readonly string[], wrong: string[]): void {
  switch (c.type) {
    case 1:
      if (!c.components?.length || c.components.length > 5)
        wrong.push(`${c.components?.length} things in an action row`);
      for (const inner of c.components ?? []) if (inner.type !== 2) wrong.push('no button in an action row');
      break;
    case 2:
      if (![1, 2, 3, 4, 5].includes(c.style)) wrong.push(`button style ${c.style}`);
      if (!c.label && !c.emoji) wrong.push('button without label');
      if (String(c.label ?? '').length > 80) wrong.push(`button label of ${c.label.length}`);
      if (c.style === 5 ? !c.url || c.custom_id : !c.custom_id || c.url)
        wrong.push('button with a wrong target');
      if (String(c.url ?? '').length > 512) wrong.push('button URL longer than 512');
      break;
    case 10:
      if (typeof c.content !== 'string' || !c.content.trim()) wrong.push('empty text display');
      break;
    case 13:
      if (!files.includes(String(c.file?.url).replace('attachment://', '')))
        wrong.push(`file ${c.file?.url} that was not uploaded`);
      break;
    case 14:
      break;
    case 17:
      if (!c.components?.length) wrong.push('empty container');
      for (const inner of c.components ?? [])
        if (!IN_CONTAINER.has(inner.type)) wrong.push(`type ${inner.type} in a container`);
      if (c.accent_color !== undefined && (c.accent_color < 0 || c.accent_color > 0xffffff))
        wrong.push('accent colour');
      break;
    default:
      wrong.push(`unexpected component type ${c.type}`);
  }
}

function everything(c: Json): Json[] {
  return [
    c,
    ...(c.components ?? []).flatMap(everything),
    ...(c.accessory ? everything(c.accessory) : []),
    ...(c.component ? everything(c.component) : []),
  ];
}

export function checkModal(modal: Json): string[] {
  const wrong: string[] = [];
  if (!modal.title || modal.title.length > 45) wrong.push(`modal title of ${modal.title?.length}`);
  if (!modal.custom_id || modal.custom_id.length > 100) wrong.push('modal custom_id');
  if (!modal.components?.length || modal.components.length > 5)
    wrong.push(`${modal.components?.length} components in a modal`);
  const ids = new Set<string>();
  for (const label of modal.components ?? []) {
    if (label.type === 10) continue;
    if (label.type !== 18) {
      wrong.push(`type ${label.type} in a modal`);
      continue;
    }
    if (!label.label || label.label.length > 45) wrong.push(`label of ${label.label?.length}`);
    if (String(label.description ?? '').length > 100) wrong.push('label description longer than 100');
    const c = label.component;
    if (!c?.custom_id || ids.has(c.custom_id)) wrong.push(`field custom_id ${c?.custom_id}`);
    ids.add(c?.custom_id);
    if (c.type === 4) {
      if (![1, 2].includes(c.style)) wrong.push('text input style');
      if ((c.max_length ?? 4000) > 4000 || (c.max_length ?? 1) < 1) wrong.push('text input max_length');
      if (String(c.value ?? '').length > (c.max_length ?? 4000)) wrong.push('text input value too long');
      if (String(c.placeholder ?? '').length > 100) wrong.push('text input placeholder too long');
      if (c.label) wrong.push('text input with a label inside a label');
    } else if (c.type === 3) {
      if (!c.options?.length || c.options.length > 25) wrong.push(`${c.options?.length} options`);
      for (const option of c.options ?? []) {
        if (!option.label || option.label.length > 100) wrong.push('option label');
        if (!option.value || option.value.length > 100) wrong.push('option value');
      }
      if ((c.options ?? []).filter((o: Json) => o.default).length > (c.max_values ?? 1))
        wrong.push('more defaults than values');
      if (String(c.placeholder ?? '').length > 150) wrong.push('select placeholder');
    } else if (![5, 6, 7, 8, 19].includes(c.type)) wrong.push(`field type ${c.type}`);
  }
  return wrong;
}

export function checkChoices(choices: Json[]): string[] {
  const wrong: string[] = [];
  if (!Array.isArray(choices) || choices.length > 25) wrong.push(`${choices?.length} choices`);
  for (const choice of choices ?? []) {
    if (!choice.name || choice.name.length > 100) wrong.push(`choice name of ${choice.name?.length}`);
    if (typeof choice.value === 'string' && (!choice.value || choice.value.length > 100))
      wrong.push(`choice value of ${choice.value.length}`);
  }
  return wrong;
}

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

export function checkCommands(commands: Json[]): string[] {
  const wrong: string[] = [];
  const chat = commands.filter((c) => (c.type ?? 1) === 1);
  const menus = commands.filter((c) => c.type === 3);
  if (chat.length > 100) wrong.push('more than 100 commands');
  if (menus.length > 15) wrong.push('more than 15 message commands');
  for (const menu of menus) {
    if (!menu.name || menu.name.length > 32) wrong.push(`menu name ${menu.name}`);
    if (menu.description) wrong.push('a menu has no description');
    for (const name of Object.values<string>(menu.name_localizations ?? {}))
      if (!name || name.length > 32) wrong.push(`menu name ${name}`);
  }
  checkNames(chat, 'commands', wrong);
  for (const command of chat) {
    checkNamed(command, wrong);
    const length = lengthOf(command);
    if (length > 8000) wrong.push(`${command.name} has ${length} characters in all`);
  }
  return wrong;
}

function checkNamed(node: Json, wrong: string[]): void {
  for (const name of [node.name, ...Object.values<string>(node.name_localizations ?? {})])
    if (!NAME.test(name) || name !== name.toLowerCase()) wrong.push(`name ${name}`);
  for (const text of [node.description, ...Object.values<string>(node.description_localizations ?? {})])
    if (!text || text.length > 100) wrong.push(`description of ${text?.length} in ${node.name}: ${text}`);
  const options: Json[] = node.options ?? [];
  if (options.length > 25) wrong.push(`${options.length} options in ${node.name}`);
  checkNames(options, node.name, wrong);
  let optional = false;
  for (const option of options) {
    checkNamed(option, wrong);
    if (option.type <= 2) continue;
    if (option.required && optional) wrong.push(`required ${option.name} after an optional one`);
    optional ||= !option.required;
    if (option.autocomplete && option.choices) wrong.push(`${option.name} has choices and autocomplete`);
    if ((option.choices ?? []).length > 25) wrong.push(`choices of ${option.name}`);
    for (const choice of option.choices ?? []) {
      for (const name of [choice.name, ...Object.values<string>(choice.name_localizations ?? {})])
        if (!name || name.length > 100) wrong.push(`choice ${name}`);
      if (String(choice.value).length > 100) wrong.push(`choice value ${choice.value}`);
    }
    if ((option.max_length ?? 1) > 6000) wrong.push(`max_length of ${option.name}`);
  }
}

/** Names must differ among siblings in each language. */
function checkNames(nodes: Json[], where: string, wrong: string[]): void {
  for (const locale of ['', 'ko', 'ru']) {
    const names = nodes.map((node) => (locale && node.name_localizations?.[locale]) || node.name);
    if (new Set(names).size !== names.length) wrong.push(`a name twice in ${where} (${locale}): ${names}`);
  }
}

function lengthOf(node: Json): number {
  const longest = (own: string, localized: Json | undefined) =>
    Math.max(own.length, ...Object.values<string>(localized ?? {}).map((text) => text.length));
  return (
    longest(node.name, node.name_localizations) +
    longest(node.description ?? '', node.description_localizations) +
    (node.choices ?? []).reduce(
      (sum: number, c: Json) => sum + longest(c.name, c.name_localizations) + String(c.value).length,
      0,
    ) +
    (node.options ?? []).reduce((sum: number, option: Json) => sum + lengthOf(option), 0)
  );
}
