"""What serves every feature: the database, its migrations, its change log, its backups."""
