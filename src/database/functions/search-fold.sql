-- What is typed and what is stored, made alike for searches: of people, and of companies at the desk.

-- Width, case and the two kinds of kana do not matter to a search. The second list has no
-- counterpart for the end of the first: spaces, tabs and the middle dot are dropped.
create or replace function search_fold(typed text) returns text
language sql immutable strict parallel safe as $$
  select translate(
    lower(normalize(typed, NFKC)),
    'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなに'
      || 'ぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖゝゞ'
      || E' \t・',
    'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニ'
      || 'ヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶヽヾ')
$$;

-- The kind of a company is said or left out, and ㈱ is (株) by then.
create or replace function company_fold(typed text) returns text
language sql immutable strict parallel safe as $$
  select regexp_replace(
    search_fold(typed),
    '株式会社|有限会社|合同会社|\((株|有|同)\)|カブシキガイシャ|カブシキカイシャ|ユウゲンガイシャ|ゴウドウガイシャ',
    '', 'g')
$$;
