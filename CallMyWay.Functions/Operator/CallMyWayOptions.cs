using System.ComponentModel.DataAnnotations;
using CallMyWay.Functions.Numbers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Operator;

/// <summary>The operator and the accounts at it: the section <c>CallMyWay</c> of the settings.</summary>
public sealed class CallMyWayOptions
{
    public const string Section = "CallMyWay";

    /// <summary>The address of the operator's API.</summary>
    [Required(ErrorMessage = "CallMyWay:BaseUrl is missing: the operator's address, https://www.callmyway.com for the real one.")]
    public Uri BaseUrl { get; set; } = new("https://www.callmyway.com");

    /// <summary>
    /// The address of the operator's call records, where it is not <see cref="BaseUrl"/>. The document has records at
    /// <c>callmyway.com</c> and clicks at <c>www.callmyway.com</c>, and no redirect is followed.
    /// </summary>
    public Uri? RecordsUrl { get; set; }

    /// <summary>
    /// The path of the calls that go on, such as <c>/getLive.php</c>. The document names "live calls" and no address, so
    /// by default none is asked for.
    /// </summary>
    public string? LiveCallsPath { get; set; }

    /// <summary>
    /// What the operator's 4 seconds count by: <c>account</c>, or <c>address</c> where all accounts share one pace.
    /// </summary>
    [RegularExpression("^(account|address)$", ErrorMessage = "CallMyWay:PaceBy must be account or address.")]
    public string PaceBy { get; set; } = PaceByAccount;

    internal const string PaceByAccount = "account";

    internal const string PaceByAddress = "address";

    /// <summary>How long a request to the operator may take, in seconds.</summary>
    [Range(1, 300, ErrorMessage = "CallMyWay:TimeoutSeconds must be between 1 and 300.")]
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>The country whose numbers are written without a country code: two letters (ISO 3166-1).</summary>
    [RegularExpression("^[A-Z]{2}$", ErrorMessage = "CallMyWay:Country must be two capital letters, such as CR.")]
    public string Country { get; set; } = "CR";

    /// <summary>
    /// The currencies of charges and promises, besides those of the accounts; by default <c>CRC</c> and <c>USD</c>.
    /// </summary>
    public IList<string> Currencies { get; } = [];

    /// <summary>
    /// The hosts in the addresses of our own phones (<c>sip:1001@pbx.example</c>): one by one, or in one text with
    /// commas. A phone at another host is not ours. Where none is named, each host counts as ours.
    /// </summary>
    public IList<string> SipHosts { get; } = [];

    /// <summary>The accounts whose calls this app handles.</summary>
    public IList<AccountOptions> Accounts { get; } = [];

    internal Uri RecordsAddress => RecordsUrl
        ?? (BaseUrl.Host == "www.callmyway.com" ? new UriBuilder(BaseUrl) { Host = "callmyway.com" }.Uri : BaseUrl);

    /// <summary>
    /// Reads lists from one text with commas, which the binder silently ignores, and which settings of an account are
    /// given at all.
    /// </summary>
    internal void ReadShortForms(IConfigurationSection section)
    {
        Add(SipHosts, section[nameof(SipHosts)]);
        foreach (var (account, given) in Accounts.Zip(section.GetSection(nameof(Accounts)).GetChildren()))
        {
            Add(account.AccountIds, given[nameof(AccountOptions.AccountIds)]);
            account.Path = given.Path;
            account.Given = given.GetChildren().Select(setting => setting.Key)
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
        }

        static void Add(IList<string> list, string? text)
        {
            foreach (var each in text?.Split(
                ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
            {
                list.Add(each);
            }
        }
    }
}

/// <summary>An account at the operator, one of <c>CallMyWay:Accounts</c>.</summary>
public sealed class AccountOptions
{
    /// <summary>The CallMyWay user that is charged.</summary>
    public string Username { get; set; } = "";

    /// <summary>
    /// Its password at the operator. Never logged, never shown. The line end of a file that it was stored from is no
    /// part of it.
    /// </summary>
    public string Password
    {
        get;
        // A file of settings may say null.
        set => field = value?.TrimEnd('\r', '\n') ?? "";
    } = "";

    /// <summary>
    /// The values of <c>account_id</c> in this account's notifications: one by one, or in one text with commas. By
    /// default the username.
    /// </summary>
    public IList<string> AccountIds { get; } = [];

    /// <summary>The currency of the account's costs, three letters (ISO 4217).</summary>
    public string Currency { get; set; } = "CRC";

    /// <summary>The zone of the operator's times for this account (an IANA name).</summary>
    public string TimeZone { get; set; } = Operator.Accounts.DefaultTimeZone;

    /// <summary>
    /// The form of the other party's number that the operator dials: <c>national</c> (8 digits in Costa Rica) or
    /// <c>e164</c>.
    /// </summary>
    public string DialFormat { get; set; } = NationalFormat;

    /// <summary>
    /// What the ids of records have before the call ids of notifications; empty where they are the same.
    /// </summary>
    public string RecordIdPrefix { get; set; } = "";

    /// <summary>How many records are asked for at once (<c>cant</c>): 1 to 5000.</summary>
    public int RecordsPage { get; set; } = 500;

    /// <summary>
    /// True where the cost of a record includes its access fee. The document leaves it open: by default the fee is
    /// added.
    /// </summary>
    public bool CostIncludesAccessFee { get; set; }

    /// <summary>
    /// True where calls that go on are among the records. The document leaves it open: by default each record is of a
    /// call that is over.
    /// </summary>
    public bool RecordsHaveLive { get; set; }

    /// <summary>Where it stands in the settings, such as <c>CallMyWay:Accounts:0</c>.</summary>
    internal string? Path { get; set; }

    /// <summary>The names of the settings that the deployment gives, whatever their values.</summary>
    internal IReadOnlySet<string> Given { get; set; } = new HashSet<string>();

    internal const string NationalFormat = "national";

    internal const string E164Format = "e164";

    internal AccountOptions Copy()
    {
        var copy = new AccountOptions
        {
            Username = Username,
            Password = Password,
            Currency = Currency,
            TimeZone = TimeZone,
            DialFormat = DialFormat,
            RecordIdPrefix = RecordIdPrefix,
            RecordsPage = RecordsPage,
            CostIncludesAccessFee = CostIncludesAccessFee,
            RecordsHaveLive = RecordsHaveLive,
            Path = Path,
            Given = Given,
        };
        foreach (var id in AccountIds)
        {
            copy.AccountIds.Add(id);
        }

        return copy;
    }
}

/// <summary>Checks the settings at the start, and names what is wrong.</summary>
public sealed class CallMyWayOptionsValidator : IValidateOptions<CallMyWayOptions>
{
    private static readonly string[] DialFormats = [AccountOptions.NationalFormat, AccountOptions.E164Format];

    public ValidateOptionsResult Validate(string? name, CallMyWayOptions options)
    {
        var failures = new List<string>();
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        failures.AddRange(results.Select(result => result.ErrorMessage!));

        failures.AddRange(
            new[] { (nameof(options.BaseUrl), options.BaseUrl), (nameof(options.RecordsUrl), options.RecordsUrl) }
                .Where(each => each.Item2 is { } url && !IsSafe(url))
                .Select(each => $"CallMyWay:{each.Item1} must be an https address (http only on this machine, for the simulator): passwords travel in it."));
        if (options.LiveCallsPath is { Length: > 0 } path && !path.StartsWith('/'))
        {
            failures.Add("CallMyWay:LiveCallsPath must begin with a slash, such as /getLive.php.");
        }

        if (options.Country is { Length: 2 } country
            && country.All(char.IsAsciiLetterUpper)
            && !PhoneNumberParser.Knows(country))
        {
            failures.Add(
                $"CallMyWay:Country '{country}' is no country whose numbers are known (ISO 3166-1); Costa Rica is CR.");
        }

        failures.AddRange(options.Currencies
            .Where(currency => !IsCurrency(currency))
            .Select(currency => $"CallMyWay:Currencies has '{currency}', which is not three capital letters (ISO 4217)."));

        for (var i = 0; i < options.Accounts.Count; i++)
        {
            failures.AddRange(Failures($"CallMyWay:Accounts:{i}", options.Accounts[i]));
        }

        // A missing username is already reported.
        foreach (var shared in options.Accounts.SelectMany(Accounts.NamesOf).Where(id => !string.IsNullOrWhiteSpace(id)).GroupBy(id => id, StringComparer.Ordinal).Where(ids => ids.Count() > 1))
        {
            failures.Add(
                $"CallMyWay:Accounts has more than one account with the username or account id '{shared.Key}'.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsSafe(Uri url) => url.IsAbsoluteUri
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    private static bool IsCurrency(string? text) => text is { Length: 3 } && text.All(char.IsAsciiLetterUpper);

    internal static IEnumerable<string> Failures(string setting, AccountOptions account)
    {
        if (string.IsNullOrWhiteSpace(account.Username))
        {
            yield return $"{setting}:Username is missing.";
        }

        if (!IsCurrency(account.Currency))
        {
            yield return $"{setting}:Currency must be three capital letters (ISO 4217), such as CRC or USD.";
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(account.TimeZone, out _))
        {
            yield return $"{setting}:TimeZone '{account.TimeZone}' is not known on this machine; an example is America/Costa_Rica.";
        }

        if (account.RecordsPage is < 1 or > 5000)
        {
            yield return $"{setting}:RecordsPage must be between 1 and 5000.";
        }

        if (!DialFormats.Contains(account.DialFormat, StringComparer.Ordinal))
        {
            yield return $"{setting}:DialFormat must be one of {string.Join(", ", DialFormats)}.";
        }
    }
}
