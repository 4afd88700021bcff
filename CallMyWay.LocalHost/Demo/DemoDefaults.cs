namespace CallMyWay.LocalHost.Demo;

/// <summary>The demo's default settings.</summary>
internal static class DemoDefaults
{
    public const string WebhookKey = "demo-key-0000000000000000";

    /// <summary>The account that the simulator has by default.</summary>
    public const string Account = "8000001";

    public const string AccountPassword = "demo";

    /// <summary>The setting that turns the simulator off, for people who run their own.</summary>
    public const string RunSimulator = "Demo:Simulator";

    /// <summary>The setting for the number of contacts in a new demo; all by default.</summary>
    public const string HowManyContacts = "Demo:Contacts";

    /// <summary>Set by this class if the operator is the demo's own simulator.</summary>
    public const string OwnSimulator = "Demo:OwnSimulator";

    /// <summary>The field of a contact that a collection desk wants to see.</summary>
    public const string BalanceField = "balance";

    public const string DueField = "dueDate";

    public static IEnumerable<KeyValuePair<string, string?>> For(IConfiguration given, Uri simulator)
    {
        if (!given.GetSection("Webhook:Keys").Exists())
        {
            yield return new("Webhook:Keys:0", WebhookKey);
        }

        // If the settings name an account, the demo's account is not mixed into it. If they name none, their other
        // values apply to the demo's account.
        if (given["CallMyWay:Accounts:0:Username"] is null)
        {
            yield return new("CallMyWay:Accounts:0:Username", Account);
            if (given["CallMyWay:Accounts:0:Password"] is null)
            {
                yield return new("CallMyWay:Accounts:0:Password", AccountPassword);
            }
        }

        if (!given.GetSection("Contacts:Fields").Exists())
        {
            yield return new("Contacts:Fields:0:Key", BalanceField);
            yield return new("Contacts:Fields:0:Es", "Saldo");
            yield return new("Contacts:Fields:0:En", "Balance");
            yield return new("Contacts:Fields:0:Type", "Money");
            yield return new("Contacts:Fields:1:Key", DueField);
            yield return new("Contacts:Fields:1:Es", "Vence");
            yield return new("Contacts:Fields:1:En", "Due");
            yield return new("Contacts:Fields:1:Type", "Date");
        }

        if (given["CallMyWay:BaseUrl"] is null)
        {
            yield return new("CallMyWay:BaseUrl", simulator.ToString());
            yield return new(OwnSimulator, "true");
        }
    }
}
