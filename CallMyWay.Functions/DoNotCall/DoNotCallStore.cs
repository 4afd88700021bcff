using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.DoNotCall;

/// <summary>
/// The numbers that must not be called. Each has two rows of one partition, which are always written together: by its
/// digits, as a dial looks for it, and by the time, as the list shows it.
/// </summary>
public sealed class DoNotCallStore(ITables tables)
{
    internal const string Partition = "numbers";

    private const string ByNumber = "n~";

    private const string ByTime = "t~";

    /// <summary>
    /// More wishes of outcomes tell nothing more. Of those behind it is kept that there were some
    /// (<see cref="DoNotCallEntry.HasMore"/>).
    /// </summary>
    private const int MostWishes = 10;

    private static readonly StoredJson<DoNotCallEntry> Stored = new(DoNotCallJson.Default);

    private readonly ITable _table = tables[StorageNames.DoNotCall];

    /// <summary>The entry of a number; null where it is not on the list. One storage operation.</summary>
    /// <param name="e164">The number in E.164; anything else is on no list.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async ValueTask<DoNotCallEntry?> FindAsync(string e164, CancellationToken cancellationToken) =>
        IsNumber(e164)
            ? Stored.FromRow(await _table.GetAsync(Partition, KeyOf(e164), cancellationToken))
            : null;

    /// <summary>The entries of those of the numbers that are on the list, one storage operation for each number.</summary>
    public async Task<IReadOnlyList<DoNotCallEntry>> FindManyAsync(
        IEnumerable<string> numbers, CancellationToken cancellationToken)
    {
        var keys = numbers.Where(IsNumber).Distinct(StringComparer.Ordinal)
            .Select(e164 => (Partition, KeyOf(e164))).ToList();
        var rows = await _table.GetManyAsync(keys, cancellationToken);
        return [.. rows.OfType<Row>().Select(row => Stored.FromRow(row))];
    }

    /// <summary>
    /// Puts a number on the list. Where it is there already the first wish stays, and this one is kept behind it; one
    /// that is there already itself stays as it is. It can be repeated.
    /// </summary>
    /// <returns>What stands now, and whether the number is new on the list.</returns>
    /// <exception cref="ArgumentException">It is no number in E.164.</exception>
    public async Task<(DoNotCallEntry Entry, bool IsNew)> AddAsync(
        string e164, DoNotCallWish wish, CancellationToken cancellationToken)
    {
        if (!IsNumber(e164))
        {
            throw new ArgumentException("It is no number in E.164.", nameof(e164));
        }

        while (true)
        {
            var row = await _table.GetAsync(Partition, KeyOf(e164), cancellationToken);
            var before = Stored.FromRow(row);
            var entry = before is null ? new DoNotCallEntry { Number = e164, Wishes = [wish] } : With(before, wish);
            // Written also where nothing is new: who is about to take the same wish off sees that it was meant again.
            if (await WriteAsync(row, before, entry, cancellationToken))
            {
                return (entry, before is null);
            }
        }
    }

    /// <summary>Takes a number off the list, whoever put it there. False where it is not on it.</summary>
    public async Task<bool> RemoveAsync(string e164, CancellationToken cancellationToken)
    {
        while (IsNumber(e164) && await _table.GetAsync(Partition, KeyOf(e164), cancellationToken) is { } row)
        {
            if (await WriteAsync(row, Stored.FromRow(row), null, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Takes back one wish. The number stays on the list where another asks for the same, also one that is not kept.
    /// It can be repeated.
    /// </summary>
    /// <param name="e164">The number.</param>
    /// <param name="id">The wish's <see cref="DoNotCallWish.Id"/>.</param>
    /// <param name="isStillMeant">
    /// Asked between the reading and the writing: true where the wish is meant again, and stays.
    /// </param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task WithdrawAsync(
        string e164, string id, Func<Task<bool>> isStillMeant, CancellationToken cancellationToken)
    {
        while (IsNumber(e164) && await _table.GetAsync(Partition, KeyOf(e164), cancellationToken) is { } row)
        {
            var before = Stored.FromRow(row);
            List<DoNotCallWish> left = [.. before.Wishes.Where(wish => wish.Id != id)];
            var isLast = left.Count == 0;
            if (left.Count == before.Wishes.Count || (isLast && before.HasMore is true) || await isStillMeant()
                || await WriteAsync(row, before, isLast ? null : before with { Wishes = left }, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>A page of the list, the latest first; with a beginning of numbers by the number.</summary>
    /// <param name="beginning">The first digits of the numbers, with the country's code; null for all.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<Page<DoNotCallEntry>> ListAsync(
        string? beginning, PageRequest page, CancellationToken cancellationToken)
    {
        var all = RowRange.Prefix(Partition, beginning is null ? ByTime : ByNumber + beginning);
        // A page's position outside of the range is no position of this list.
        var from = page.After is { Partition: Partition } token
            && string.CompareOrdinal(token.From, all.From) > 0 && string.CompareOrdinal(token.From, all.Before) < 0
            ? token.From
            : all.From;
        // One more tells whether there is a next page.
        var rows = await _table.ReadAsync(all with { From = from, Take = page.Take + 1 }, cancellationToken);
        return new Page<DoNotCallEntry>(
            [.. rows.Take(page.Take).Select(row => Stored.FromRow(row))],
            rows.Count > page.Take ? new PageToken(Partition, rows[page.Take - 1].Key).ToString() : null);
    }

    /// <summary>
    /// Leaves of an entry the number and when it was asked for: contact, call and words go. False where nothing is left
    /// to go.
    /// </summary>
    internal async Task<bool> ForgetPersonAsync(string e164, DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (await _table.GetAsync(Partition, KeyOf(e164), cancellationToken) is { } row)
        {
            var before = Stored.FromRow(row);
            if (before.Wishes.All(wish => wish is { Reason: null, CallId: null, ContactId: null, Id: null }))
            {
                return false;
            }

            var entry = before with
            {
                ErasedAt = now,
                Wishes =
                [
                    new DoNotCallWish
                    {
                        AddedAt = before.First.AddedAt,
                        AddedBy = before.First.AddedBy,
                        Source = before.First.Source,
                    },
                ],
            };
            if (await WriteAsync(row, before, entry, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The entry that a row holds.</summary>
    internal static DoNotCallEntry Read(Row row) => Stored.FromRow(row);

    // What a person of the office asked for always goes in, once: outcomes alone can't take it back.
    private static DoNotCallEntry With(DoNotCallEntry before, DoNotCallWish wish) =>
        before.Wishes.Any(known => known.Id == wish.Id && known.Source == wish.Source) ? before
        : before.Wishes.Count < MostWishes || wish.Source == DoNotCallSource.Person
            ? before with { Wishes = [.. before.Wishes, wish] }
        : before with { HasMore = true };

    /// <summary>Writes both rows of a number, or deletes them. False where it has changed since it was read.</summary>
    private async Task<bool> WriteAsync(
        Row? row, DoNotCallEntry? before, DoNotCallEntry? entry, CancellationToken cancellationToken)
    {
        var changes = new List<RowChange>();
        var number = entry is null ? row! : Stored.ToRow(Partition, KeyOf(entry.Number), entry, row?.ETag);
        changes.Add(entry is null
            ? RowChange.Delete(new Row(Partition, number.Key, row!.ETag))
            : row is null ? RowChange.Insert(number) : RowChange.Replace(number));
        var listed = entry is null ? null : TimeKeyOf(entry);
        if (entry is not null)
        {
            changes.Add(RowChange.Upsert(Stored.ToRow(Partition, listed!, entry)));
        }

        if (before is not null && TimeKeyOf(before) is var old && old != listed)
        {
            changes.Add(RowChange.Delete(new Row(Partition, old)));
        }

        return await _table.BatchAsync(changes, cancellationToken);
    }

    private static bool IsNumber(string e164) =>
        e164.Length is > 1 and <= 20 && e164[0] == '+' && !e164.AsSpan(1).ContainsAnyExceptInRange('0', '9');

    private static string KeyOf(string e164) => ByNumber + e164[1..];

    private static string TimeKeyOf(DoNotCallEntry entry) =>
        Keys.Join(ByTime + Keys.NewestFirst(entry.First.AddedAt), entry.Number[1..]);
}
