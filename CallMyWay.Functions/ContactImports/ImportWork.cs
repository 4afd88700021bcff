using System.Text.Json.Serialization;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ContactImports;

/// <summary>What becomes of a row whose contact is there already.</summary>
public enum DuplicateRule
{
    /// <summary>The contact stays as it is.</summary>
    Skip,

    /// <summary>Numbers are added and empty fields are filled. Nothing is overwritten.</summary>
    Merge,

    /// <summary>What the row says takes the place of what the contact had. Empty cells change nothing.</summary>
    Replace,
}

/// <summary>By what a contact is the one of a row.</summary>
public enum DuplicateKey
{
    Number,

    Document,

    /// <summary>By the document, or by a number where the documents don't differ.</summary>
    Both,
}

/// <summary>What an import does, and how far it is: the payload of its job.</summary>
public sealed record ImportWork
{
    private static readonly StoredJson<ImportWork> Stored = new(ContactImportsJson.Default);

    /// <summary>The name of the file, where it was told.</summary>
    public string? File { get; init; }

    public required string Encoding { get; init; }

    public required string Separator { get; init; }

    public required IReadOnlyList<ImportColumn> Columns { get; init; }

    public required DuplicateRule Duplicates { get; init; }

    public required DuplicateKey By { get; init; }

    /// <summary>How many rows the file has, without its header and blank ones.</summary>
    public required int Rows { get; init; }

    /// <summary>In how many slices they are stored.</summary>
    public required int Slices { get; init; }

    /// <summary>The slice that is next.</summary>
    public int Next { get; init; }

    public static ImportWork Read(string json) => Stored.Deserialize(json);

    public string ToJson() => Stored.Serialize(this);
}

/// <summary>What an undo takes back, and how far it is: the payload of its job.</summary>
/// <param name="ImportId">The import.</param>
/// <param name="Left">How many slices are left; the last of them is next.</param>
public sealed record UndoWork(string ImportId, int Left)
{
    private static readonly StoredJson<UndoWork> Stored = new(ContactImportsJson.Default);

    public static UndoWork Read(string json) => Stored.Deserialize(json);

    public string ToJson() => Stored.Serialize(this);
}

/// <summary>A row of the file.</summary>
/// <param name="Row">Its number, as a spreadsheet counts.</param>
/// <param name="Cells">Its cells.</param>
public sealed record FileRow(int Row, IReadOnlyList<string> Cells);

/// <summary>
/// Rows that are worked on together: all of their contacts are stored, or a repeated step stores the rest.
/// </summary>
public sealed record FileSlice(IReadOnlyList<FileRow> Rows);

/// <summary>What became of a row.</summary>
public enum RowOutcome
{
    Added,

    Changed,

    /// <summary>The contact is there already, and stays as it is.</summary>
    Skipped,

    Refused,
}

/// <summary>What becomes of a row.</summary>
public sealed record RowResult
{
    public required int Row { get; init; }

    public required RowOutcome Outcome { get; init; }

    /// <summary>The contact as it is to be stored; null where an earlier row of the slice stores it.</summary>
    public Contact? After { get; init; }

    /// <summary>The contact that an earlier row of the slice stores, with what this row says.</summary>
    public string? Into { get; init; }

    /// <summary>The contact as it was, with its version; null for a new one.</summary>
    public Contact? Before { get; init; }

    /// <summary>Why a row was refused.</summary>
    public Phrase? Reason { get; init; }

    /// <summary>The cells of a row that was refused.</summary>
    public IReadOnlyList<string>? Cells { get; init; }
}

/// <summary>What becomes of the rows of a slice. It is stored before any of it is done.</summary>
public sealed record SliceJournal(IReadOnlyList<RowResult> Results)
{
    public long Count(RowOutcome outcome) => Results.Count(result => result.Outcome == outcome);
}

/// <summary>How imports are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ImportWork))]
[JsonSerializable(typeof(UndoWork))]
[JsonSerializable(typeof(FileSlice))]
[JsonSerializable(typeof(SliceJournal))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class ContactImportsJson : JsonSerializerContext;
