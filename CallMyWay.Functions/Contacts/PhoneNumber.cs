namespace CallMyWay.Functions.Contacts;

/// <summary>What a text that stands for a caller turned out to be.</summary>
public enum PhoneNumberKind
{
    /// <summary>A number that can be written in E.164 (ITU-T), or a short code such as 911.</summary>
    Number,

    /// <summary>An extension or an endpoint of the operator's, not dialled over the public network.</summary>
    Extension,

    /// <summary>The caller hides the number.</summary>
    Private,

    /// <summary>None of these; what was received is kept.</summary>
    Invalid,
}
