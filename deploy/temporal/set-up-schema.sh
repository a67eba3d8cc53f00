#!/bin/sh
# Brings Temporal's two databases to the schema of its release. Safe to repeat: a schema that is there is only updated.
set -eu

set_up() {
  database=$1
  schema=$2
  tool="temporal-sql-tool --plugin postgres12 --ep $SQL_HOST --port ${SQL_PORT:-5432} --user $SQL_USER --db $database"
  # The password comes from SQL_PASSWORD.
  if ! $tool update-schema --schema-name "postgresql/v12/$schema"; then
    $tool create-database
    $tool setup-schema --version 0.0
    $tool update-schema --schema-name "postgresql/v12/$schema"
  fi
}

set_up temporal temporal
set_up temporal_visibility visibility
