namespace CallMyWay.LocalHost.SignIn;

/// <summary>The screens that are connected. They are disconnected when the session that they belong to ends.</summary>
internal interface ISessionScreens
{
    /// <summary>The sessions that they belong to.</summary>
    IEnumerable<Session> Sessions { get; }

    void CloseSession(string sessionId);

    void CloseAgent(string agentId);
}
