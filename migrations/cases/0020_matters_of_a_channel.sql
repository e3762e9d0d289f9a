-- A seldom matter of one channel was looked for among all cases of that channel, newest first: on a register of a million
-- three in a hundred pages took over 30 ms. Lists of a channel alone are walked by its index as before.
create index case_channel_matter_idx on "case" (channel, matter_type, number desc);
