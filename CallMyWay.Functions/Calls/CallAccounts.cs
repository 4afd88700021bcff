using System.Collections.Concurrent;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Operator;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// Finds the account of a notification. If an account of the settings lists its <c>account_id</c>, it is that account;
/// else one that the settings had once. If the id is empty or unlisted, the phone's mapping and the known call decide.
/// The log says once what the settings lack.
/// </summary>
public sealed partial class CallAccounts(
    Accounts accounts, CallStore calls, MappingStore mappings, ILogger<CallAccounts> logger)
{
    /// <summary>The log stops after so many different ids: whoever sends that many sends nonsense.</summary>
    private const int MaxLogged = 100;

    private readonly ConcurrentDictionary<(string AccountId, string? Username), bool> _logged = new();

    /// <summary>The account; null if there are several and nothing decides.</summary>
    public async ValueTask<Account?> FindAsync(CallEvent callEvent, CancellationToken cancellationToken)
    {
        if (accounts.Listed(callEvent.AccountId) is { } listed)
        {
            return listed;
        }

        var former = accounts.Known(callEvent.AccountId);
        var found = former
            ?? (accounts.All is [var only] ? only : await GuessAsync(callEvent, cancellationToken));
        if (_logged.Count < MaxLogged && _logged.TryAdd((callEvent.AccountId, found?.Username), true))
        {
            LogUnlisted(callEvent.AccountId, found, former is not null);
        }

        return found;
    }

    private async ValueTask<Account?> GuessAsync(CallEvent callEvent, CancellationToken cancellationToken)
    {
        var found = await calls.FindAsync(callEvent.CallId, cancellationToken);
        var known = found.Where(call => IsOurs(call.Account)).ToList();
        // If a call already has this phone, it stays in its account, even if the phone's mapping has changed since.
        var username = known.FirstOrDefault(call => call.HasHeardOf(callEvent.EndpointId))?.Account
            ?? await FindByMappingAsync(callEvent.EndpointId, cancellationToken)
            ?? (known is [var same] ? same.Account : null)
            ?? await FindByPhoneAsync(callEvent, cancellationToken)
            ?? (accounts.All.Count == 0 && callEvent.AccountId.Length > 0 ? callEvent.AccountId : null);
        return username is null ? null : accounts.Find(username);
    }

    private async ValueTask<string?> FindByMappingAsync(string? endpointId, CancellationToken cancellationToken)
    {
        var mapping = endpointId is null ? null : await mappings.GetAsync(endpointId, cancellationToken);
        return mapping is not null && IsOurs(mapping.Account) ? mapping.Account : null;
    }

    // If the endpoint is missing or has no mapping, the phone's number decides, as it does when agents are looked up.
    private async ValueTask<string?> FindByPhoneAsync(CallEvent callEvent, CancellationToken cancellationToken)
    {
        string[] phones = callEvent.Type switch
        {
            CallDirection.In => [callEvent.Dnis],
            CallDirection.Out => [callEvent.Ani],
            _ => [callEvent.Ani, callEvent.Dnis],
        };
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var phone in phones.Where(phone => phone.Length > 0))
        {
            var mapped = await mappings.FindPhonesAsync(
                phone, mapping => IsOurs(mapping.Account), cancellationToken);
            found.UnionWith(mapped.Select(mapping => mapping.Account));
        }

        return found.Count == 1 ? found.Single() : null;
    }

    // If the settings have no account, any account is accepted.
    private bool IsOurs(string username) => accounts.All.Count == 0 || accounts.Listed(username) is not null;

    private void LogUnlisted(string accountId, Account? found, bool isFormer)
    {
        var id = string.Concat(accountId.Select(c => char.IsControl(c) ? ' ' : c));
        switch (found)
        {
            case null when id.Length == 0:
                Log.NoIdKept(logger);
                break;
            case null:
                Log.Kept(logger, id);
                break;
            case { } when isFormer:
                Log.Former(logger, id, found.Username);
                break;
            case { } when id.Length == 0:
                Log.NoIdCounted(logger, found.Username);
                break;
            case { }:
                Log.Counted(logger, id, found.Username, SettingOf(found));
                break;
        }
    }

    private string SettingOf(Account account)
    {
        var index = accounts.All.ToList().FindIndex(each => each.Username == account.Username);
        return index < 0 ? "CallMyWay:Accounts" : $"CallMyWay:Accounts:{index}:AccountIds";
    }

    private static partial class Log
    {
        private const string Unlisted =
            "Notifications name the account id '{AccountId}', which no account of the settings lists";

        private const string NoId = "Notifications come without an account id";

        private const string AreKept = "They are kept in GET /api/refused-events.";

        [LoggerMessage(
            LogLevel.Warning,
            Unlisted + " any more. Their calls go on counting for the account {Account}. If the id is another account's"
                + " now, add it to the AccountIds of that one.")]
        public static partial void Former(ILogger logger, string accountId, string account);

        [LoggerMessage(
            LogLevel.Warning,
            Unlisted + ". Their calls count for the account {Account}. Add the id to {Setting}.")]
        public static partial void Counted(ILogger logger, string accountId, string account, string setting);

        [LoggerMessage(
            LogLevel.Warning,
            Unlisted + ", and phones without a mapping. " + AreKept
                + " Add the id to the AccountIds of its account, or map the phones.")]
        public static partial void Kept(ILogger logger, string accountId);

        [LoggerMessage(
            LogLevel.Warning,
            NoId + ". Their calls count for the account {Account}. Ask the operator to send the id.")]
        public static partial void NoIdCounted(ILogger logger, string account);

        [LoggerMessage(
            LogLevel.Warning,
            NoId + ", and of phones without a mapping. " + AreKept
                + " Map the phones, or ask the operator to send the id.")]
        public static partial void NoIdKept(ILogger logger);
    }
}
