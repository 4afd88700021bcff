using System.Globalization;
using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.Operator;

/// <summary>Where the value of a setting comes from.</summary>
[SchemaName("SettingSource")]
public enum SettingSource
{
    /// <summary>Nobody has set it.</summary>
    Default,

    /// <summary>An administrator has taken it over in the console.</summary>
    Taken,

    /// <summary>The deployment names it, which comes before all else.</summary>
    Deployment,
}

/// <summary>A setting of an account and its value.</summary>
/// <param name="Name">Its whole name, such as <c>CallMyWay:Accounts:0:TimeZone</c>.</param>
/// <param name="Value">As it is written in settings.</param>
public sealed record CurrentSetting(string Name, string Value, SettingSource Source)
{
    /// <summary>The variable of the environment by which the deployment sets it.</summary>
    public string Variable => Name.Replace(":", "__", StringComparison.Ordinal);
}

/// <summary>
/// A setting of an account that an administrator can take over while the app runs: what the operator's document leaves
/// open, and what is found out by looking.
/// </summary>
/// <param name="Name">The setting's name below its account.</param>
/// <param name="Read">Its value, as it is written in settings.</param>
/// <param name="Write">Sets it; false where the text is no value of its kind.</param>
internal sealed record AccountSetting(
    string Name, Func<AccountOptions, string> Read, Func<AccountOptions, string, bool> Write)
{
    public static IReadOnlyList<AccountSetting> All { get; } =
    [
        OfText(nameof(AccountOptions.TimeZone), its => its.TimeZone, (its, text) => its.TimeZone = text),
        new(
            nameof(AccountOptions.AccountIds),
            its => string.Join(',', its.AccountIds),
            (its, text) =>
            {
                its.AccountIds.Clear();
                its.AccountIds.Add(text);
                return true;
            }),
        OfText(
            nameof(AccountOptions.RecordIdPrefix), its => its.RecordIdPrefix, (its, text) => its.RecordIdPrefix = text),
        new(
            nameof(AccountOptions.RecordsPage),
            its => its.RecordsPage.ToString(CultureInfo.InvariantCulture),
            (its, text) =>
            {
                var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size);
                its.RecordsPage = isNumber ? size : its.RecordsPage;
                return isNumber;
            }),
        OfText(nameof(AccountOptions.DialFormat), its => its.DialFormat, (its, text) => its.DialFormat = text),
        OfYesOrNo(
            nameof(AccountOptions.CostIncludesAccessFee),
            its => its.CostIncludesAccessFee,
            (its, includes) => its.CostIncludesAccessFee = includes),
        OfYesOrNo(
            nameof(AccountOptions.RecordsHaveLive),
            its => its.RecordsHaveLive,
            (its, have) => its.RecordsHaveLive = have),
    ];

    public static AccountSetting? Find(string name) => All.FirstOrDefault(each => each.Name == name);

    /// <summary>
    /// The account with the values that were taken over. What the deployment names stays; what is no valid value is left
    /// out, and told.
    /// </summary>
    public static AccountOptions Apply(
        AccountOptions given, IReadOnlyDictionary<string, string> taken, Action<string, string>? refused = null)
    {
        var account = given.Copy();
        foreach (var (name, value) in taken)
        {
            if (Find(name) is not { } setting || given.Given.Contains(name))
            {
                continue;
            }

            var tried = account.Copy();
            if (setting.Write(tried, value) && !CallMyWayOptionsValidator.Failures("", tried).Any())
            {
                account = tried;
            }
            else
            {
                refused?.Invoke(name, value);
            }
        }

        return account;
    }

    private static AccountSetting OfText(
        string name, Func<AccountOptions, string> read, Action<AccountOptions, string> write) => new(
        name,
        read,
        (its, text) =>
        {
            write(its, text);
            return true;
        });

    private static AccountSetting OfYesOrNo(
        string name, Func<AccountOptions, bool> read, Action<AccountOptions, bool> write) => new(
        name,
        its => read(its) ? "true" : "false",
        (its, text) =>
        {
            var isYesOrNo = bool.TryParse(text, out var isSo);
            if (isYesOrNo)
            {
                write(its, isSo);
            }

            return isYesOrNo;
        });
}

/// <summary>A row: what is stored of an account.</summary>
/// <param name="Values">The values that were taken over for it, by the names of their settings.</param>
/// <param name="Last">
/// What was in force last; null in rows of earlier releases. Where the settings have the account no more, it is still
/// known by this.
/// </param>
public sealed record TakenValues(IReadOnlyDictionary<string, string> Values, LastSettings? Last = null);

/// <summary>The settings of an account that its calls need, also where the settings have it no more.</summary>
public sealed record LastSettings(
    string Username, string Currency, string TimeZone, string AccountIds, bool CostIncludesAccessFee)
{
    internal static LastSettings Of(AccountOptions account) => new(
        account.Username,
        account.Currency,
        account.TimeZone,
        string.Join(',', account.AccountIds),
        account.CostIncludesAccessFee);

    /// <summary>The account as it was; null where it can't be known here.</summary>
    internal AccountOptions? ToOptions()
    {
        var account = new AccountOptions
        {
            Username = Username,
            Currency = Currency,
            TimeZone = TimeZone,
            CostIncludesAccessFee = CostIncludesAccessFee,
        };
        foreach (var id in AccountIds.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            account.AccountIds.Add(id);
        }

        return CallMyWayOptionsValidator.Failures("", account).Any() ? null : account;
    }
}
