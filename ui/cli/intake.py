"""``import``: workbooks into the register."""

from pathlib import Path

import click

from gridapp.errors import UserError
from ui.cli.common import area_option, bar, db_option, json_option, make_index, opened, print_json


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@db_option
@area_option()
@click.option("--dry-run", is_flag=True, help="只试读，不写入登记簿。")
@click.option("--errors", type=click.Path(path_type=Path), help="把未导入的行写成一个 xlsx。")
@json_option
def import_(
    files: tuple[Path, ...], db: str | None, code: str, dry_run: bool, errors: Path | None, as_json: bool
) -> None:
    """导入住户台账、居民信息表、民意账单或服务队名册；是哪一种，看表头。"""
    from exports.excel.refused import export_refused
    from gridapp.intake.importing import import_workbook

    reports = []
    failures = []
    with opened(db) as register:
        for file in files:
            try:
                with bar(f"导入 {file.name}") as progress:
                    reports.append(import_workbook(register, file, code, dry_run=dry_run, progress=progress))
            except UserError as error:
                if len(files) == 1:
                    raise
                failures.append(str(error) if file.name in str(error) else f"{file.name}：{error}")
        make_index(register)
    if errors is not None:
        export_refused(reports, errors)
    if as_json:
        found = [report.as_dict() for report in reports]
        print_json(found[0] if len(files) == 1 else {"files": found, "failed": failures})
    else:
        for report in reports:
            click.echo(report.summary())
    if failures:
        raise UserError("；".join(failures))
