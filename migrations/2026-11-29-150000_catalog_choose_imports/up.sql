-- What an import is to do: chosen before its trial, the same in the run, and the same again when a run that died goes on.
ALTER TABLE imports
    ADD COLUMN choices jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(choices) = 'object'),
    -- products of the file that the choices leave out
    ADD COLUMN left_count integer NOT NULL DEFAULT 0 CHECK (left_count >= 0),
    -- products that the file does not name and that were archived for it
    ADD COLUMN missing_count integer NOT NULL DEFAULT 0 CHECK (missing_count >= 0);
