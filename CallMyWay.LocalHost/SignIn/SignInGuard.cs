using System.Net;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Options;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// Holds up who guesses passwords: after some failures in a row an account, and after more of them an address, is locked, longer with
/// each further failure. Kept in a table, so that a restart forgives nothing.
/// </summary>
internal sealed class SignInGuard(ITables tables, IOptions<SignInOptions> options, TimeProvider time)
{
    public const string Table = "signinfailures";

    // Failures this old no longer count as a row of them.
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(12);

    private readonly ITable _table = tables[Table];

    private readonly SignInOptions _options = options.Value;

    /// <summary>How long nobody may sign in to the account or from the address; zero where they may try.</summary>
    public async Task<TimeSpan> LockedForAsync(string account, IPAddress? address, CancellationToken cancellationToken)
    {
        var ofAccount = await LockedForAsync(Account(account), cancellationToken);
        var ofAddress = await LockedForAsync(Address(address), cancellationToken);
        return ofAccount > ofAddress ? ofAccount : ofAddress;
    }

    public async Task FailedAsync(string account, IPAddress? address, CancellationToken cancellationToken)
    {
        await CountAsync(Account(account), _options.FailuresPerAccount, _options.LongestAccountLock, cancellationToken);
        await CountAsync(Address(address), _options.FailuresPerAddress, _options.LongestAddressLock, cancellationToken);
    }

    /// <summary>Ends the account's row of failures. The address's stays: who guesses may have an account of their own.</summary>
    public async Task SucceededAsync(string account, CancellationToken cancellationToken)
    {
        var (partition, key) = Account(account);
        if (await _table.GetAsync(partition, key, cancellationToken) is not null)
        {
            await _table.DeleteAsync(partition, key, null, cancellationToken);
        }
    }

    private async Task<TimeSpan> LockedForAsync((string Partition, string Key) who, CancellationToken cancellationToken)
    {
        var until = (await _table.GetAsync(who.Partition, who.Key, cancellationToken))?.Time("lockedUntil");
        return until - time.GetUtcNow() is { } left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async Task CountAsync((string Partition, string Key) who, int allowed, TimeSpan longest, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var before = await _table.GetAsync(who.Partition, who.Key, cancellationToken);
            var isFresh = before?.Time("lastFailure") > now - Forgotten;
            var failures = 1 + (isFresh ? before!.Number("failures") ?? 0 : 0);
            var after = new Row(who.Partition, who.Key, before?.ETag).Set("failures", failures).Set("lastFailure", now);
            if (failures >= allowed)
            {
                var doubled = _options.FirstLock * Math.Pow(2, Math.Min(failures - allowed, 20));
                after.Set("lockedUntil", now + (doubled < longest ? doubled : longest));
            }

            if (await (before is null ? _table.InsertAsync(after, cancellationToken) : _table.ReplaceAsync(after, cancellationToken)) is not null)
            {
                return;
            }
        }
    }

    private static (string Partition, string Key) Account(string account) => ("account", Keys.Encode(account.Trim().ToLowerInvariant()));

    // A household or an office has a whole /64 of IPv6 to itself: it counts as one address.
    private static (string Partition, string Key) Address(IPAddress? address)
    {
        if (address is null)
        {
            return ("address", "none");
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        return ("address", Convert.ToHexStringLower(bytes.Length == 16 ? bytes[..8] : bytes));
    }
}
