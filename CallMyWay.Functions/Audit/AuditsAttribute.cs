namespace CallMyWay.Functions.Audit;

/// <summary>
/// Names the entries of the audit that an HTTP function writes, such as <c>mapping.changed</c>. A function that changes
/// something or exports has this attribute or <see cref="NotAuditedAttribute"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AuditsAttribute(params string[] what) : Attribute
{
    public IReadOnlyList<string> What { get; } = what;
}

/// <summary>Says why what an HTTP function changes is in no entry of the audit.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NotAuditedAttribute(string because) : Attribute
{
    public string Because { get; } = because;
}
