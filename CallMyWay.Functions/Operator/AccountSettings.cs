using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Operator;

/// <summary>What became of a change of an account's settings.</summary>
public enum SettingsChange
{
    Made,

    /// <summary>A setting has not the value any more that the change was meant for.</summary>
    IsOther,

    /// <summary>A value is none that the setting can have, or another account has it.</summary>
    IsInvalid,
}

/// <summary>A setting of an account that is to be changed.</summary>
/// <param name="Name">The setting's name below its account.</param>
/// <param name="Before">The value that it must have now.</param>
/// <param name="After">The value; null for that which it has where nobody sets it.</param>
public sealed record SettingToChange(string Name, string Before, string? After);

/// <summary>
/// The settings of accounts that an administrator has taken over in the console, kept beside the accounts' pace: one row
/// for each account. <see cref="Accounts"/> has them in memory, so that no call costs a request for them. They are read
/// at the start; where several instances run, each reads them again every minute. The row keeps what was in force last,
/// so that an account is known when it has been taken out of the settings.
/// </summary>
public sealed partial class AccountSettings(ITables tables, Accounts accounts, ILogger<AccountSettings> logger)
{
    private const string Partition = "~settings";

    private const int MaxAttempts = 20;

    private static readonly StoredJson<TakenValues> Stored = new(OperatorJson.Default);

    private readonly ITable _table = tables[StorageNames.OperatorPace];

    /// <summary>Reads what was taken over, and puts it in force in this process.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var rows = await _table.ReadAsync(new RowRange(Partition), cancellationToken);
        foreach (var account in accounts.All)
        {
            var row = rows.FirstOrDefault(row => row.Key == Keys.Encode(account.Username));
            var stored = Stored.FromRow(row);
            var values = stored?.Values ?? new Dictionary<string, string>();
            PutInForce(account.Username, values);
            var last = LastSettings.Of(accounts.With(account.Username, values)!);
            if (stored?.Last != last)
            {
                // Where another has changed the row meanwhile, the next reading keeps it.
                await WriteAsync(account.Username, new TakenValues(values, last), row, cancellationToken);
            }
        }

        accounts.Remember(
        [
            .. rows.Select(row => Stored.FromRow(row)?.Last)
                .Where(last => last is not null && accounts.All.All(account => account.Username != last.Username))
                .Select(last => last!.ToOptions())
                .OfType<AccountOptions>(),
        ]);
    }

    /// <summary>Changes settings of an account, all or none, in the version in which they have the values before.</summary>
    public async Task<SettingsChange> ChangeAsync(
        string account, IReadOnlyList<SettingToChange> changes, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var row = await _table.GetAsync(Partition, Keys.Encode(account), cancellationToken);
            var values = new Dictionary<string, string>(
                Stored.FromRow(row)?.Values ?? new Dictionary<string, string>(), StringComparer.Ordinal);
            // Another instance may have changed them since this one has read them.
            PutInForce(account, values);
            if (changes.Any(change => accounts.SettingOf(account, change.Name)?.Value != change.Before))
            {
                return SettingsChange.IsOther;
            }

            foreach (var change in changes)
            {
                if (change.After is null)
                {
                    values.Remove(change.Name);
                }
                else
                {
                    values[change.Name] = change.After;
                }
            }

            if (!accounts.Accepts(account, values))
            {
                return SettingsChange.IsInvalid;
            }

            var next = new TakenValues(values, LastSettings.Of(accounts.With(account, values)!));
            if (await WriteAsync(account, next, row, cancellationToken))
            {
                PutInForce(account, values);
                return SettingsChange.Made;
            }
        }

        throw new InvalidOperationException($"Others changed it first at each of {MaxAttempts} attempts.");
    }

    /// <summary>False where another has changed it first.</summary>
    private async Task<bool> WriteAsync(
        string account, TakenValues values, Row? before, CancellationToken cancellationToken)
    {
        var next = Stored.ToRow(Partition, Keys.Encode(account), values, before?.ETag);
        return await (before is null
            ? _table.InsertAsync(next, cancellationToken)
            : _table.ReplaceAsync(next, cancellationToken)) is not null;
    }

    private void PutInForce(string account, IReadOnlyDictionary<string, string> values) => accounts.Take(
        account,
        values,
        (name, value) => Log.LeftOut(logger, name, account, value));

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "The setting {Setting} of the account {Account} was taken over as '{Value}', which is no valid value here. It"
                + " is left out.")]
        public static partial void LeftOut(ILogger logger, string setting, string account, string value);
    }
}
