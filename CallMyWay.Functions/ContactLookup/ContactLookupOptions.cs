namespace CallMyWay.Functions.ContactLookup;

/// <summary>How a CRM is asked who calls: the section <c>ContactLookup</c> of the settings.</summary>
public sealed class ContactLookupOptions
{
    public const string Section = "ContactLookup";

    /// <summary>
    /// True where the CRM may be at a private address, also of this machine, and without TLS. For development and tests
    /// on LocalHost: whoever may enter an address could reach inner machines by it.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }
}
