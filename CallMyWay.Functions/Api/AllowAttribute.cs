namespace CallMyWay.Functions.Api;

/// <summary>What a person may do. A higher role includes the lower ones.</summary>
public enum Role
{
    /// <summary>Takes and makes calls; sees their own.</summary>
    Agent = 1,

    /// <summary>Sees the team's calls.</summary>
    Supervisor = 2,

    /// <summary>Changes settings.</summary>
    Admin = 3,
}

/// <summary>
/// Who may call an HTTP function: whoever is signed in with at least this role. A function without this attribute or
/// <see cref="AllowAnyoneAttribute"/> is refused to all. Both hosts ask <see cref="Access"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowAttribute(Role role) : Attribute
{
    public Role Role { get; } = role;
}

/// <summary>An HTTP function that needs no sign-in, and why that is safe.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowAnyoneAttribute(string because) : Attribute
{
    public string Because { get; } = because;
}
