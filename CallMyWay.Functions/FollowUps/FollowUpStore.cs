using CallMyWay.Functions.Calls;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.FollowUps;

/// <summary>The follow-ups.</summary>
public sealed class FollowUpStore(ITables tables)
    : DueItemStore<FollowUp>(tables, StorageNames.FollowUps, NextActionKind.FollowUp, "followUpId", FollowUpsJson.Default);
