-- What a campaign counts may be changed while it runs: its first day, its sectors. A return goes on counting what it counted when its position
-- was fixed, or a return that was filed before the change would no longer compute to what was signed.
alter table report_return add column counted_span jsonb;
