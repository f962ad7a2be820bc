/**
 * Slack's limits as a checker of its own: it shares nothing with the code that it checks
 * (docs.slack.dev/reference/block-kit; the message total is undocumented). Violations in words.
 */

// biome-ignore lint/suspicious/noExplicitAny: any JSON may come; the checks below are what types it.
type Json = Record<string, any>;

export function checkMessage(payload: Json): string[] {
  const wrong: string[] = [];
  const { text, blocks } = payload;
  if (typeof text !== 'string' || !text.trim()) wrong.push('no fallback text');
  if (String(text ?? '').length > 40_000) wrong.push('text longer than 40000');
  if (/<!(channel|here|everyone|subteam)/.test(String(text))) wrong.push('a mention in the text');
  if (blocks !== undefined) wrong.push(...checkBlocks(blocks, 50));
  const total = textOf(blocks ?? []);
  if (total > 13_200) wrong.push(`${total} characters in all: msg_too_long`);
  return wrong;
}

export function checkView(view: Json): string[] {
  const wrong = checkBlocks(view.blocks, 100);
  if (!['modal', 'home'].includes(view.type)) wrong.push(`view type ${view.type}`);
  if (view.type === 'modal') {
    plainText(view.title, 24, 'title', wrong);
    if (view.submit) plainText(view.submit, 24, 'submit', wrong);
    if (view.close) plainText(view.close, 24, 'close', wrong);
    if (view.blocks?.some((block: Json) => block.type === 'input') && !view.submit)
      wrong.push('inputs without submit');
  }
  if (String(view.private_metadata ?? '').length > 3000) wrong.push('private_metadata too long');
  if (String(view.callback_id ?? '').length > 255) wrong.push('callback_id too long');
  return wrong;
}

function checkBlocks(blocks: unknown, most: number): string[] {
  if (!Array.isArray(blocks)) return ['blocks are no list'];
  const wrong: string[] = [];
  if (!blocks.length) wrong.push('no blocks');
  if (blocks.length > most) wrong.push(`${blocks.length} blocks`);
  const ids = blocks.flatMap((block: Json) => (block.block_id ? [block.block_id] : []));
  if (new Set(ids).size !== ids.length) wrong.push('a block_id twice');
  const actions = blocks.flatMap((block: Json) =>
    block.type === 'actions' ? (block.elements ?? []).map((element: Json) => element.action_id) : [],
  );
  if (new Set(actions).size !== actions.length) wrong.push(`an action_id twice: ${actions.join(' ')}`);
  for (const block of blocks as Json[]) checkBlock(block, wrong);
  return wrong;
}

function checkBlock(block: Json, wrong: string[]): void {
  if (String(block.block_id ?? '').length > 255) wrong.push('block_id too long');
  switch (block.type) {
    case 'header':
      plainText(block.text, 150, 'header', wrong);
      return;
    case 'divider':
      return;
    case 'section':
      if (!block.text && !block.fields?.length) wrong.push('empty section');
      if (block.text) text(block.text, 3000, 'section', wrong);
      if ((block.fields?.length ?? 0) > 10) wrong.push('more than 10 fields');
      for (const field of block.fields ?? []) text(field, 2000, 'field', wrong);
      return;
    case 'context':
      if (!block.elements?.length || block.elements.length > 10)
        wrong.push(`${block.elements?.length} in a context`);
      for (const element of block.elements ?? []) text(element, 2000, 'context', wrong);
      return;
    case 'actions': {
      if (!block.elements?.length || block.elements.length > 25)
        wrong.push(`${block.elements?.length} in actions`);
      for (const element of block.elements ?? []) checkElement(element, wrong);
      return;
    }
    case 'input':
      plainText(block.label, 2000, 'label', wrong);
      if (block.hint) plainText(block.hint, 2000, 'hint', wrong);
      checkElement(block.element, wrong);
      return;
    case 'rich_text':
      checkRichText(block, wrong);
      return;
    default:
      wrong.push(`block type ${block.type}`);
  }
}

function checkElement(element: Json, wrong: string[]): void {
  if (!element?.action_id || element.action_id.length > 255)
    wrong.push(`action_id of ${element?.action_id?.length}`);
  switch (element?.type) {
    case 'button':
      plainText(element.text, 75, 'button', wrong);
      if (String(element.value ?? '').length > 2000) wrong.push('button value too long');
      if (element.style && !['primary', 'danger'].includes(element.style))
        wrong.push(`style ${element.style}`);
      return;
    case 'static_select': {
      const groups: Json[] = element.option_groups ?? [{ options: element.options }];
      if (groups.length > 100) wrong.push('more than 100 option groups');
      for (const group of groups) {
        if (group.label) plainText(group.label, 75, 'group label', wrong);
        if (!group.options?.length || group.options.length > 100)
          wrong.push(`${group.options?.length} options`);
        for (const option of group.options ?? []) checkOption(option, wrong);
      }
      return;
    }
    case 'external_select':
      if (element.initial_option) checkOption(element.initial_option, wrong);
      if (element.placeholder) plainText(element.placeholder, 150, 'placeholder', wrong);
      return;
    case 'plain_text_input':
      if (element.placeholder) plainText(element.placeholder, 150, 'placeholder', wrong);
      if (element.initial_value && element.initial_value.length > (element.max_length ?? 3000))
        wrong.push('initial value too long');
      if (element.max_length !== undefined && (element.max_length < 1 || element.max_length > 3000))
        wrong.push('max_length');
      return;
    case 'conversations_select':
      if (element.initial_conversation && !/^[CGD][A-Z0-9]+$/.test(element.initial_conversation))
        wrong.push(`initial conversation ${element.initial_conversation}`);
      return;
    case 'users_select':
      if (element.initial_user && !/^[UW][A-Z0-9]+$/.test(element.initial_user))
        wrong.push(`initial user ${element.initial_user}`);
      return;
    case 'file_input':
      if (!(element.max_files >= 1 && element.max_files <= 10)) wrong.push(`max_files ${element.max_files}`);
      return;
    case 'number_input':
      if (typeof element.is_decimal_allowed !== 'boolean') wrong.push('is_decimal_allowed');
      for (const key of ['initial_value', 'min_value', 'max_value'])
        if (element[key] !== undefined && !/^-?\d+$/.test(element[key])) wrong.push(`${key} ${element[key]}`);
      return;
    case 'timepicker':
      if (element.initial_time !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(element.initial_time))
        wrong.push(`initial time ${element.initial_time}`);
      return;
    default:
      wrong.push(`element type ${element?.type}`);
  }
}

export function checkOption(option: Json, wrong: string[]): void {
  plainText(option.text, 75, 'option', wrong);
  if (!option.value || option.value.length > 150) wrong.push(`option value of ${option.value?.length}`);
}

const INSIDE = new Set(['text', 'link', 'date', 'channel', 'user', 'usergroup', 'emoji']);

function checkRichText(block: Json, wrong: string[]): void {
  if (!block.elements?.length) wrong.push('empty rich text');
  for (const element of block.elements ?? []) {
    if (element.type === 'rich_text_list') {
      if (!['bullet', 'ordered'].includes(element.style)) wrong.push(`list style ${element.style}`);
      if (!element.elements?.length) wrong.push('empty list');
      for (const item of element.elements ?? []) inside(item, wrong);
    } else inside(element, wrong);
  }
}

function inside(section: Json, wrong: string[]): void {
  if (!['rich_text_section', 'rich_text_quote', 'rich_text_preformatted'].includes(section.type))
    wrong.push(`rich text ${section.type}`);
  for (const part of section.elements ?? []) {
    if (!INSIDE.has(part.type)) wrong.push(`rich text part ${part.type}`);
    if (part.type === 'text' && (typeof part.text !== 'string' || part.text.length === 0))
      wrong.push('empty rich text part');
    for (const id of [part.channel_id, part.user_id, part.usergroup_id])
      if (id !== undefined && !/^[A-Z][A-Z0-9]+$/.test(id)) wrong.push(`no id of Slack: ${id}`);
    if (part.type === 'link' && !/^https?:\/\//.test(part.url)) wrong.push(`link to ${part.url}`);
    if (part.type === 'link' && part.url.length > 3000) wrong.push(`a link of ${part.url.length}`);
    if (part.type === 'link' && !part.text.includes(new URL(part.url).host.replace(/^www\./, '')))
      wrong.push(`a link that hides its domain: ${part.text}`);
  }
}

function text(object: Json, most: number, what: string, wrong: string[]): void {
  if (!['plain_text', 'mrkdwn'].includes(object?.type)) wrong.push(`${what} text type ${object?.type}`);
  const length = String(object?.text ?? '').length;
  if (length < 1 || length > most) wrong.push(`${what} of ${length}`);
  if (object?.type === 'mrkdwn') {
    if (/<!(channel|here|everyone|subteam)/.test(object.text)) wrong.push(`a mention in ${what}`);
    for (const [, link, label] of String(object.text).matchAll(/<(https?:[^|>]*)\|([^>]*)>/g))
      if (!label!.includes(new URL(link!).host)) wrong.push(`a masked link in ${what}`);
  }
}

function plainText(object: Json, most: number, what: string, wrong: string[]): void {
  if (object?.type !== 'plain_text') wrong.push(`${what} is not plain text`);
  text(object ?? {}, most, what, wrong);
}

function textOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + textOf(item), 0);
  if (!value || typeof value !== 'object') return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum + ((key === 'text' || key === 'url') && typeof inner === 'string' ? inner.length : textOf(inner)),
    0,
  );
}
