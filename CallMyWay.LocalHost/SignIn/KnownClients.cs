using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// Knows where each account has signed in before: browsers by their <see cref="DeviceCookie"/>, addresses by a row.
/// Both hold the stamp of the password that was used, so a new password invalidates them.
/// </summary>
internal sealed class KnownClients(DeviceCookie cookie, ITables tables, TimeProvider time)
{
    // If there are more, the oldest is removed. All of them fit in one page.
    private const int MostAddresses = 50;

    /// <summary>How long an address is known after the last sign-in from it.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromDays(90);

    /// <summary>The column with the time of the sign-in.</summary>
    public const string SignedInAt = "signedInAt";

    private static readonly TimeSpan Renewed = TimeSpan.FromDays(1);

    private readonly ITable _table = tables[LocalAccounts.Table];

    public async Task<SignInClient> FindAsync(HttpRequest request, string name, LocalAccount? account)
    {
        var address = ClientAddress.KeyOf(request.HttpContext.Connection.RemoteIpAddress);
        // Read even without an account, so that the time does not reveal whether there is one.
        var row = await _table.GetAsync(PartitionOf(name), address, CancellationToken.None);
        var device = cookie.Read(request, account);
        var isKnown = device is not null || (account is not null && BelongsTo(account, row));
        return new SignInClient(name, address, device, isKnown);
    }

    /// <summary>Remembers the client of a successful sign-in.</summary>
    public async Task RememberAsync(HttpContext context, LocalAccount account, CancellationToken cancellationToken)
    {
        cookie.Write(context, account);
        var partition = PartitionOf(account.AgentId);
        var address = ClientAddress.KeyOf(context.Connection.RemoteIpAddress);
        var row = await _table.GetAsync(partition, address, cancellationToken);
        var now = time.GetUtcNow();
        if (BelongsTo(account, row) && (now - row!.Time(SignedInAt))?.Duration() < Renewed)
        {
            return;
        }

        var renewed = new Row(partition, address).Set("stamp", account.Stamp).Set(SignedInAt, now);
        await _table.UpsertAsync(renewed, cancellationToken);
        await RemoveAsync(
            partition,
            rows => [.. rows.Where(other => !BelongsTo(account, other)), .. Surplus(rows)],
            cancellationToken);
    }

    public Task ForgetAsync(string agentId, CancellationToken cancellationToken) =>
        RemoveAsync(PartitionOf(agentId), rows => rows, cancellationToken);

    private bool BelongsTo(LocalAccount account, Row? row) =>
        row is not null && row.Text("stamp") == account.Stamp && time.GetUtcNow() - row.Time(SignedInAt) < Forgotten;

    private static IEnumerable<Row> Surplus(List<Row> rows) =>
        rows.OrderByDescending(row => row.Time(SignedInAt)).Skip(MostAddresses);

    private async Task RemoveAsync(
        string partition, Func<List<Row>, IReadOnlyList<Row>> which, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        await foreach (var row in _table.ReadAllAsync(new RowRange(partition), cancellationToken))
        {
            rows.Add(row);
        }

        foreach (var row in which(rows).Distinct())
        {
            await _table.DeleteAsync(row.Partition, row.Key, null, cancellationToken);
        }
    }

    /// <summary>Where the addresses are that this account has signed in from.</summary>
    public static string PartitionOf(string name) => Keys.Join("known", Keys.Encode(SignInGuard.Folded(name)));
}
