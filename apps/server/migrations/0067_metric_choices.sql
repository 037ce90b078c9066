-- Which known metric a cell of a notice's table asks for is a choice beside those of words: remembered for the unit's next notice.
alter table word_choice drop constraint word_choice_subject_check;
alter table word_choice add constraint word_choice_subject_check check (subject in ('action', 'condition', 'actor', 'metric'));

-- Cells that are likely a known metric, with what is in doubt, until somebody decides: a campaign does not start before.
alter table report_table add column offers jsonb not null default '[]';
