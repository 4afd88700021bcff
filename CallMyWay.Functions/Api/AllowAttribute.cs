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
/// Lets users with at least this role call an HTTP function. A function without this attribute or <see
/// cref="AllowAnyoneAttribute"/> is refused to everyone. Both hosts check it with <see cref="Access"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowAttribute(Role role) : Attribute
{
    public Role Role { get; } = role;
}

/// <summary>Lets anyone call an HTTP function without sign-in. The text says why that is safe.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowAnyoneAttribute(string because) : Attribute
{
    public string Because { get; } = because;
}
