/** What is used of HubSpot's SDK, by the types of its version 0.9.7. */
declare module '@hubspot/calling-extensions-sdk' {
  interface Started {
    readonly externalCallId: string;
    readonly fromNumber: string;
    readonly toNumber: string;
    readonly callStartTime?: number;
    readonly createEngagement?: boolean;
  }

  export default class CallingExtensions {
    constructor(options: {
      readonly debugMode: boolean;
      readonly eventHandlers: Readonly<Record<string, (data?: unknown) => unknown>>;
    });
    initialized(data: { readonly isLoggedIn?: boolean; readonly engagementId?: number }): void;
    userLoggedIn(): void;
    userAvailable(): void;
    userUnavailable(): void;
    incomingCall(call: Started): void;
    outgoingCall(call: Started): void;
    callAnswered(call: { readonly externalCallId: string }): void;
    callEnded(call: {
      readonly externalCallId: string;
      readonly engagementId?: number;
      readonly callEndStatus?: 'COMPLETED' | 'FAILED' | 'CANCELED' | 'BUSY' | 'NO_ANSWER' | 'REJECTED' | 'MISSED';
    }): void;
    callCompleted(call: {
      readonly externalCallId: string;
      readonly engagementId?: number | string;
      readonly hideWidget?: boolean;
      readonly engagementProperties?: Readonly<Record<string, string | number>>;
    }): void;
    sendError(error: { readonly message: string }): void;
  }
}
