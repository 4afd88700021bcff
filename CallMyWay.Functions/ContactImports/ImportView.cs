using CallMyWay.Functions.Jobs;

namespace CallMyWay.Functions.ContactImports;

/// <summary>An import: what it does, and how far it is.</summary>
public sealed record ContactImport
{
    public required string ImportId { get; init; }

    public string? File { get; init; }

    public required JobState State { get; init; }

    /// <summary>
    /// True while a step goes on that was under way when the import was cancelled. What it has done is counted when it
    /// ends.
    /// </summary>
    public required bool Ending { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent who asked for it.</summary>
    public string? CreatedBy { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public required DuplicateRule Duplicates { get; init; }

    public required DuplicateKey By { get; init; }

    public required string Encoding { get; init; }

    public required string Separator { get; init; }

    public required IReadOnlyList<ImportColumn> Columns { get; init; }

    /// <summary>How many rows the file has, without its header and blank ones.</summary>
    public required int Rows { get; init; }

    /// <summary>How many of them were worked on.</summary>
    public required long Read { get; init; }

    public required long Added { get; init; }

    public required long Changed { get; init; }

    /// <summary>Rows whose contact is there already and stays as it is.</summary>
    public required long Skipped { get; init; }

    public required long Refused { get; init; }

    /// <summary>Why it failed, or why it does not get on just now.</summary>
    public string? Error { get; init; }

    /// <summary>Until then it can be undone, and its refused rows can be read.</summary>
    public required DateTimeOffset KeptUntil { get; init; }

    /// <summary>How it is taken back; null where nobody asked for it.</summary>
    public ImportUndo? Undo { get; init; }

    internal static ContactImport Of(Job job, Job? undo, string language, DateTimeOffset now)
    {
        var work = ImportWork.Read(job.Payload);
        return new ContactImport
        {
            ImportId = job.JobId,
            File = work.File,
            State = job.State,
            Ending = job.IsOver && job.IsHeldAt(now),
            CreatedAt = job.CreatedAt,
            CreatedBy = job.CreatedBy,
            FinishedAt = job.FinishedAt,
            Duplicates = work.Duplicates,
            By = work.By,
            Encoding = work.Encoding,
            Separator = work.Separator,
            Columns = work.Columns,
            Rows = work.Rows,
            Read = job.Count(ImportJob.ReadRows),
            Added = job.Count(ImportJob.Added),
            Changed = job.Count(ImportJob.Changed),
            Skipped = job.Count(ImportJob.Skipped),
            Refused = job.Count(ImportJob.Refused),
            Error = job.Error?.In(language),
            KeptUntil = job.CreatedAt + ImportSweep.KeptFor,
            Undo = undo is null ? null : ImportUndo.Of(undo, work.Slices, language),
        };
    }
}

/// <summary>How an import is taken back.</summary>
public sealed record ImportUndo
{
    public required JobState State { get; init; }

    /// <summary>Contacts that are as before the import: removed, or with what they had.</summary>
    public required long Undone { get; init; }

    /// <summary>Contacts that somebody has changed since: they stay as they are.</summary>
    public required long Kept { get; init; }

    /// <summary>How much of the import has been gone over, from 0 to 1.</summary>
    public required double Progress { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public string? Error { get; init; }

    internal static ImportUndo Of(Job job, int slices, string language) => new()
    {
        State = job.State,
        Undone = job.Count(UndoJob.Undone),
        Kept = job.Count(UndoJob.Kept),
        Progress = slices == 0 ? 1 : 1 - (UndoWork.Read(job.Payload).Left / (double)slices),
        FinishedAt = job.FinishedAt,
        Error = job.Error?.In(language),
    };
}

/// <summary>What an import of a file would do.</summary>
public sealed record ImportPreview
{
    public required string Encoding { get; init; }

    /// <summary>What stands between two columns: <c>;</c>, <c>,</c>, or a tab.</summary>
    public required string Separator { get; init; }

    /// <summary>False where the first row is a contact already; the columns are numbered then.</summary>
    public required bool HasHeader { get; init; }

    public required IReadOnlyList<ImportColumn> Columns { get; init; }

    /// <summary>How many rows there are, without the header and blank ones; null where only a part was sent.</summary>
    public int? Rows { get; init; }

    /// <summary>The first rows, and what would become of each.</summary>
    public required IReadOnlyList<PreviewRow> Sample { get; init; }

    /// <summary>What is wrong with the columns, with the first rows, and with the form of any row.</summary>
    public required IReadOnlyList<ImportProblem> Problems { get; init; }

    /// <summary>The fields that a column can be mapped to, by their names for <c>mapping</c>.</summary>
    public required IReadOnlyList<MappableField> Fields { get; init; }
}

/// <summary>A row of the file.</summary>
/// <param name="Row">Its number, as a spreadsheet counts.</param>
/// <param name="Cells">Its cells.</param>
/// <param name="Outcome">What would become of it.</param>
/// <param name="Reason">Why it would be refused.</param>
/// <param name="Note">What is to be looked at, although it would be stored; null for nothing.</param>
public sealed record PreviewRow(
    int Row, IReadOnlyList<string> Cells, RowOutcome Outcome, string? Reason, string? Note);

/// <summary>Something that is wrong.</summary>
/// <param name="Row">In which row; null for the whole file.</param>
/// <param name="Reason">What is wrong, in a sentence.</param>
public sealed record ImportProblem(int? Row, string Reason);

/// <summary>A field that a column can be mapped to.</summary>
/// <param name="Field">Its name for <c>mapping</c>.</param>
/// <param name="Label">What it is called; null for a field of every contact.</param>
public sealed record MappableField(string Field, string? Label);
