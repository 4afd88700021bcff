namespace CallMyWay.LocalHost.Demo;

/// <summary>The settings of the demo, for whatever is not given.</summary>
internal static class DemoDefaults
{
    public const string WebhookKey = "demo-key-0000000000000000";

    /// <summary>The account that the simulator has of its own.</summary>
    public const string Account = "8000001";

    public const string AccountPassword = "demo";

    /// <summary>The setting that turns the simulator off, for who runs one of their own.</summary>
    public const string RunSimulator = "Demo:Simulator";

    /// <summary>
    /// The setting that says with how many of its contacts the demo begins; with all, where it is not given.
    /// </summary>
    public const string HowManyContacts = "Demo:Contacts";

    /// <summary>Set here where the operator is the demo's own simulator, and not one that was given.</summary>
    public const string OwnSimulator = "Demo:OwnSimulator";

    /// <summary>What a collection desk wants to see of a contact.</summary>
    public const string BalanceField = "balance";

    public const string DueField = "dueDate";

    public static IEnumerable<KeyValuePair<string, string?>> For(IConfiguration given, Uri simulator)
    {
        if (!given.GetSection("Webhook:Keys").Exists())
        {
            yield return new("Webhook:Keys:0", WebhookKey);
        }

        // An account that is given has a name: it is not mixed with the demo's. Without one, what is given is said of
        // the demo's.
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
