using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.PersonalData;

/// <summary>What became of a row in which something of a person stands.</summary>
public enum RowErasure
{
    /// <summary>It is another's, or of the office: it stays as it is.</summary>
    Kept,

    Erased,

    /// <summary>It changes just now, or belongs to a call that goes on: it is looked at again later.</summary>
    Later,
}

/// <summary>
/// Erases what the rows of some tables tell of a person. Everything can be repeated: a row of which nothing is left is
/// kept as it is.
/// </summary>
public interface IErasedRows
{
    IReadOnlyList<string> Tables { get; }

    /// <summary>Erases what a row tells of the person.</summary>
    /// <param name="table">The table of the row.</param>
    /// <param name="row">A row in which something of the person stands (<see cref="PersonText.IsIn"/>).</param>
    /// <param name="person">By what the person is known.</param>
    /// <param name="cancellationToken">The caller's.</param>
    Task<RowErasure> EraseAsync(string table, Row row, PersonText person, CancellationToken cancellationToken);

    /// <summary>
    /// True for a row that is looked at although nothing can be found in it as it stands, as it is compressed.
    /// </summary>
    bool IsOpaque(Row row) => false;

    /// <summary>What is found in a row that <see cref="IsOpaque"/>, for a person's export; null for nothing.</summary>
    ValueTask<string?> FindAsync(Row row, PersonText person, CancellationToken cancellationToken) => new((string?)null);
}
